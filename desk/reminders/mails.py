"""Sending the desk's e-mails, each once.

A mail is a row that was committed together with this work. It is settled when the mail server has taken the message. If
the process dies between those two moments, which no sender can join, the message goes out again under the same
Message-ID, by which mailboxes know a message that they have.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from desk.models import Mail
from desk.reminders import wording
from desk.reminders.follows import reachable_accounts


@task()
def send_mail(key: int) -> None:
    """Send one mail of the desk; what fails is tried again, see `desk.background.work`."""
    deliver(key, now=timezone.now())


def deliver(key: int, *, now: datetime) -> None:
    """Send the mail unless it is settled, its account may not have it any more, or it has nothing left to say.

    Raises what the mail server's library raises; the mail is then not settled.
    """
    mail = Mail.objects.select_related("account").filter(pk=key, settled_at=None).first()
    if mail is None:
        return
    if reachable_accounts().filter(pk=mail.account_id).exists():
        message = wording.message_of(mail, timezone.localdate(now))
        if message is not None:
            _message(mail, message).send()
    mail.settled_at = now
    mail.save(update_fields=["settled_at"])


def _message(mail: Mail, message: wording.Message) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<policy-tracker-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    subject = " ".join(message.subject.split())  # A record may hold line breaks, and a header none.
    return EmailMessage(subject, message.text, to=[mail.account.email], headers=headers)
