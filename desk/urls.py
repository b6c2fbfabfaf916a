"""The staff's door: the admin, and the accounts' pages with everybody's own calendar of deadlines."""

from django.urls import include, path
from django.views.generic import RedirectView

from desk.admin.staff_site import site
from desk.views import calendar

urlpatterns = [
    path("admin/", site.urls),
    path("accounts/calendar/<str:secret>.ics", calendar, name="desk_calendar"),
    # An account's e-mail address is the administrators' to change; this page would keep others beside it.
    path("accounts/email/", RedirectView.as_view(pattern_name="account_change_password")),
    path("accounts/", include("allauth.urls")),
]
