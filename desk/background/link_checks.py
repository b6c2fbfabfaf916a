"""The nightly check of the sources' addresses: which have died, and which answer with something else than at first.

Off unless CHECK_LINKS says so. During the night each tick hands the worker a few addresses of different hosts, those
that wait longest first, and each once a night. A host that answers but refuses us (it wants a login, or no robots) says
nothing about its page, so what was found before stays.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus

from desk.background.fetching import Answer, Fetcher, NotAllowed, Unreachable
from desk.models import BackgroundWork
from nouns.databases import RECORD
from tracker.models import Source, Status

NIGHT = (time(1), time(5))
"""When addresses are checked, local time."""
AT_ONCE = 4
"""Addresses that one tick hands on, of as many hosts."""
REFUSES_US = {401, 403, 405, 406, 407, 429, 451}
"""Statuses by which a host answers without saying whether its page is there."""
UNSEEN = {"script", "style", "noscript", "template"}
LinkState = Source.LinkState


def request_checks(now: datetime) -> int:
    """Hand the worker the next few addresses of this night; return how many."""
    local = timezone.localtime(now)
    if not settings.CHECK_LINKS or not NIGHT[0] <= local.time() < NIGHT[1]:
        return 0
    unfinished = Q(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING], task_path=check_links.module_path)
    if BackgroundWork.objects.filter(unfinished).exists():
        return 0
    tonight = timezone.make_aware(datetime.combine(local.date(), NIGHT[0]))
    waiting = Source.objects.filter(Q(link_checked_at=None) | Q(link_checked_at__lt=tonight)).exclude(url="")
    longest = waiting.exclude(status=Status.WITHDRAWN).order_by(F("link_checked_at").asc(nulls_first=True), "pk")
    by_host: dict[str, int] = {}
    for key, url in longest.values_list("pk", "url")[:200]:
        by_host.setdefault(urlsplit(url).netloc.lower(), key)
    keys = list(by_host.values())[:AT_ONCE]
    if keys:
        check_links.enqueue(keys)
    return len(keys)


@task()
def check_links(keys: list[int]) -> None:
    """Fetch the addresses of these sources and note what became of them. Bears being begun twice."""
    fetcher = Fetcher(name=f"PolicyTracker link check (+{settings.PUBLIC_URL})")
    for source in Source.objects.filter(pk__in=keys).exclude(url=""):
        check(source, fetcher, now=timezone.now())


def check(source: Source, fetcher: Fetcher, *, now: datetime) -> None:
    """Fetch the address of a source and note what became of it since it was fetched first."""
    state, digest = source.link_state, source.link_sha256
    try:
        answer = fetcher.fetch(source.url)
    except NotAllowed:
        pass  # Whether it lives is not ours to find out.
    except Unreachable:
        state = LinkState.DEAD
    else:
        if 200 <= answer.status < 300:
            found = digest_of(answer)
            digest = digest or found
            state = LinkState.ALIVE if found == digest else LinkState.CHANGED
        elif answer.status not in REFUSES_US:
            state = LinkState.DEAD
    with transaction.atomic(using=RECORD):
        # Somebody may have given the source another address meanwhile, or written something else in it.
        stored = Source.objects.select_for_update().filter(pk=source.pk, url=source.url).first()
        if stored is None:
            return
        if stored.link_state == state:
            # That nothing happened to an address is no line of a source's history.
            stored.skip_history_when_saving = True  # type: ignore[attr-defined]  # django-simple-history's flag.
        stored.link_state, stored.link_sha256, stored.link_checked_at = state, digest, now
        stored._change_reason = "Its address was checked"  # type: ignore[attr-defined]  # The same.
        stored.save_bookkeeping("link_state", "link_sha256", "link_checked_at")


def digest_of(answer: Answer) -> str:
    """The SHA-256 of an answer; of a web page, of the words that it shows, since its markup changes daily."""
    content = answer.body
    if answer.media_type == "text/html":
        page = _Words()
        page.feed(content.decode(errors="replace"))
        content = " ".join(" ".join(page.words).split()).encode()
    return hashlib.sha256(content).hexdigest()


class _Words(HTMLParser):
    """The words of a web page, without what it does not show."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(self._unseen - (tag in UNSEEN), 0)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)
