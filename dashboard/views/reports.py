"""Report a mistake: the form on every record, and what came of a report. Neither page is kept by any cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dashboard import layout
from dashboard.values import plain
from dashboard.views import errors
from dashboard.views.frame import Edition, NoParameters, framed, refused
from inbox.answers import answer_of
from inbox.forms import ReportForm, stamp
from inbox.reports import Throttled, take_in, was_given_by_us
from public.engine.dataset import dataset_version
from public.engine.errors import BadQuery, NotPublished, Withdrawn
from public.engine.select import find
from public.nouns import NOUNS
from public.visitors import visitor_address

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
"""The address of an answer is a secret, and a form is stamped with the time: neither is kept or passed on."""

View = Callable[..., HttpResponse]


def private_page(*methods: str) -> Callable[[View], View]:
    """Make a view of the edition into a page that nobody keeps; it takes no parameters but those of its form."""

    def make(view: View) -> View:
        @require_http_methods([*methods])
        @wraps(view)
        def answer(request: HttpRequest, /, **address: str) -> HttpResponse:
            edition = Edition(dataset_version(), timezone.localdate())
            try:
                NoParameters(request.GET).accepted()
                response = view(request, edition, **address)
            except BadQuery as refusal:
                response = refused(request, edition, refusal)
            for name, value in PRIVATE.items():
                response.headers[name] = value
            return response

        return answer

    return make


@private_page("GET", "HEAD", "POST")
def report(request: HttpRequest, edition: Edition, *, noun: str, slug: str) -> HttpResponse:
    """The form about one record; sent, it leads to the page under which its sender finds the answer."""
    try:
        record = find(NOUNS[noun], slug, on=edition.today)
    except NotPublished:
        return errors.not_found(request)
    except Withdrawn as gone:
        return errors.withdrawn(request, gone.reason, gone.at)
    about, status = f"{noun}/{slug}", HTTPStatus.OK
    form = ReportForm(request.POST or None, record=about, initial={"stamp": stamp(about)})
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                return _taken_in(request, form, edition, noun=noun, slug=slug)
            except Throttled:
                status = HTTPStatus.TOO_MANY_REQUESTS
        form.data = {**request.POST.dict(), "stamp": stamp(about)}  # Sent again, the form is a new one.
    first, *_ = layout.columns(NOUNS[noun])
    context = {
        "form": form,
        "title": plain(record, first),
        "record": record,
        "throttled": status == HTTPStatus.TOO_MANY_REQUESTS,
    }
    response = framed(request, "report.html", context, section=noun, edition=edition, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "3600"
    return response


def _taken_in(request: HttpRequest, form: ReportForm, edition: Edition, *, noun: str, slug: str) -> HttpResponse:
    receipt = take_in(
        form.cleaned_data,
        noun=noun,
        slug=slug,
        dataset_version=edition.version.number,
        address=visitor_address(request),
        now=timezone.now(),
    )
    response = HttpResponseRedirect(reverse("report-answer", args=[receipt]))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


@private_page("GET", "HEAD")
def report_answer(request: HttpRequest, edition: Edition, *, receipt: str) -> HttpResponse:
    """What came of the report with this receipt; a wrong one answers like any address that leads nowhere."""
    answer = answer_of(receipt)
    if answer is None and not was_given_by_us(receipt):
        return errors.not_found(request)
    context: dict[str, Any] = {"answer": answer, "address": request.build_absolute_uri()}
    return framed(request, "report_answer.html", context, edition=edition)
