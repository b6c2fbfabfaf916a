"""What the desk's e-mails say, as of the day on which they are sent. A mail that has nothing left to say is no mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import reverse

from desk import work_list
from desk.models import Mail
from desk.reminders.follows import last_day, open_deadlines
from nouns.partial_dates import PartialDate
from tracker.models import Letter

LONGEST_LIST = 20
"""Lines of one part of a digest; the rest is counted."""
PARTS_OF_WORK = ("for-review", "sent-back")
"""The kinds of waiting work that a digest tells of."""
COMING_DAYS = 14


@dataclass(frozen=True)
class Message:
    """An e-mail's subject and text."""

    subject: str
    text: str


@dataclass(frozen=True)
class Part:
    """One list of a digest, and how many lines it leaves out."""

    title: str
    lines: list[str]
    more: int


def message_of(mail: Mail, today: date) -> Message | None:
    """What a mail says today, or None when that is nothing."""
    account = mail.account
    return digest(account, today) if mail.kind == Mail.Kind.DIGEST else reminders(mail, account, today)


def reminders(mail: Mail, account: User, today: date) -> Message | None:
    """The letters of a mail that still wait for a reply by the deadline that it was written for."""
    written = {(reminder.letter_id, reminder.due_on) for reminder in mail.reminders.all()}
    letters = open_deadlines(account, today).filter(pk__in=[letter for letter, _ in written])
    due = [letter for letter in letters if (letter.pk, last_day(letter)) in written]
    if not due:
        return None
    subject = f"Reply {when(due[0], today)}: {due[0]}" if len(due) == 1 else f"Deadlines of {len(due)} letters"
    lines = [_line(letter, today) for letter in due]
    return Message(subject, _render("reminders", lines=lines))


def digest(account: User, today: date) -> Message | None:
    """What is due next, what is overdue, what waits for this account's review and what was sent back to it."""
    ahead, passed = [], []
    for letter in open_deadlines(account, today):
        days_left = (last_day(letter) - today).days
        if days_left < 0:
            passed.append(_line(letter, today))
        elif days_left <= COMING_DAYS:
            ahead.append(_line(letter, today))
    parts = [_part(f"Due in the next {COMING_DAYS} days", ahead), _part("Past their deadline", passed[::-1])]
    desk = work_list.Desk(account, today)
    for work in work_list.WORK:
        if work.name in PARTS_OF_WORK:
            found, total, _ = work_list.lines(work, desk, 0)
            lines = [f"{line.noun}: {line.title}, {line.detail}\n  {settings.STAFF_URL}{line.url}" for line in found]
            parts.append(_part(work.title, lines, total))
    told = [part for part in parts if part.lines]
    return (
        Message(f"Your week from {PartialDate(today.isoformat()).in_words}", _render("digest", parts=told))
        if told
        else None
    )


def when(letter: Letter, today: date) -> str:
    """How a deadline stands to the day, in words: due in 7 days, was due yesterday."""
    days = (last_day(letter) - today).days
    near = {0: "due today", 1: "due tomorrow", -1: "was due yesterday"}
    return near.get(days) or (f"due in {days} days" if days > 0 else f"was due {-days} days ago")


def _part(title: str, lines: list[str], total: int | None = None) -> Part:
    shown = lines[:LONGEST_LIST]
    return Part(title, shown, (len(lines) if total is None else total) - len(shown))


def _line(letter: Letter, today: date) -> str:
    draft = "" if letter.published_revision is not None else " (a draft: not public)"
    url = f"{settings.STAFF_URL}{reverse('admin:tracker_letter_change', args=[letter.pk])}"
    return f"{letter}{draft}: {when(letter, today)} ({letter.due_on})\n  {url}"


def _render(name: str, **context: Iterable[object]) -> str:
    desk_url = f"{settings.STAFF_URL}{reverse('admin:desk_follow_changelist')}"
    return render_to_string(f"desk/mail/{name}.txt", {**context, "desk_url": desk_url}, using="staff")
