"""What the desk answers outside the admin: personal calendars, which a calendar program fetches without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.reminders.own_calendar import account_of, calendar_of


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar with this secret. A wrong one answers like any address that leads nowhere."""
    account = account_of(secret)
    if account is None:
        raise Http404
    body = calendar_of(account, now=timezone.now(), today=timezone.localdate())
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="deadlines.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
