"""The desk's pages in the staff's site. Importing it registers them."""

from desk.admin import background_work, my_deadlines, reports
from desk.models import BackgroundWork, Follow
from inbox.models import Report
from tracker.admin.app_list import APP_LIST

__all__ = ["background_work", "my_deadlines", "reports"]

APP_LIST["Desk"] = ((Follow, "notifications"), (Report, "inbox"), (BackgroundWork, "manufacturing"))
