"""The cast that every room's tests share: three people of the staff, and letters in each state of publication.

Alice contributes, Bob reviews, Carol administers, Dave has an account and no role. `publish` makes things public as
the product does: Alice submits, Bob approves, and what follows on commit is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client, TestCase
from django_tasks_db.management.commands.db_worker import Worker
from pytest_django.plugin import DjangoDbBlocker

from inbox import INBOX
from nouns.databases import PUBLISHED, RECORD
from nouns.declarations import noun_models
from nouns.noun import PublicNoun, Reference
from tests import factories
from tracker.models import Letter, Record, Status
from tracker.publishing import acts, workflow
from tracker.publishing.documents import document, document_references
from tracker.roles import ADMINISTRATOR, CONTRIBUTOR, REVIEWER

pytest_plugins = ["tests.machine", "tests.databases"]

BOTH_DATABASES = [RECORD, PUBLISHED]
ALL_DATABASES = [*BOTH_DATABASES, INBOX]
"""For the staff's pages, and for readers who report a mistake."""


def _account(username: str, *roles: str) -> User:
    if known := User.objects.filter(username=username).first():
        return known  # Of a cast that is kept for the whole file.
    user = User.objects.create_user(username, f"{username}@example.org", "password", is_staff=bool(roles))
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def alice(db: None) -> User:
    """A contributor."""
    return _account("alice", CONTRIBUTOR)


@pytest.fixture
def bob(db: None) -> User:
    """A reviewer."""
    return _account("bob", REVIEWER)


@pytest.fixture
def carol(db: None) -> User:
    """An administrator."""
    return _account("carol", ADMINISTRATOR)


@pytest.fixture
def dave(db: None) -> User:
    """Somebody with an account and no role."""
    return _account("dave")


SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which this account is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


Work = Callable[[], None]


@pytest.fixture
def work_off(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Let a worker carry out everything that is ready, in the test's own session."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)

    def worker() -> None:
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="worker",
            excluded_queue_names=[],
        ).run()

    return worker


Publish = Callable[..., None]


@pytest.fixture
def publish(alice: User, bob: User) -> Publish:
    """Make nouns public with everything that they point to. Takes `action` and `reason` for later revisions."""
    return _publisher(alice, bob)


def _publisher(alice: User, bob: User) -> Publish:
    def publish_nouns(*nouns: PublicNoun, **later: str) -> None:
        # Callbacks wait for a commit that never comes inside a test's transaction; in a transactional test they ran.
        with TestCase.captureOnCommitCallbacks(using=RECORD, execute=True):
            group = _with_references(nouns)
            references = [noun for noun in group if isinstance(noun, Reference)]
            records = [noun for noun in group if isinstance(noun, Record)]
            with transaction.atomic(using=RECORD):
                acts.publish(references, by=bob)
                for record in records:
                    if record.status == Status.DRAFT:
                        workflow.submit(record, by=alice)
                workflow.approve(records, by=bob, **later)
        for noun in nouns:
            noun.refresh_from_db()

    return publish_nouns


def _with_references(nouns: Iterable[PublicNoun]) -> list[PublicNoun]:
    """These nouns, and the unpublished ones that they point to, directly or not."""
    found: dict[tuple[str, str], PublicNoun] = {}
    waiting = list(nouns)
    while waiting:
        noun = waiting.pop()
        if (noun.NOUN, noun.slug) in found:
            continue
        found[noun.NOUN, noun.slug] = noun
        for address in document_references(type(noun), document(noun)):
            target = noun_models()[address.noun].objects.get(slug=address.slug)
            if target.published_revision is None and address.noun != "sources":
                waiting.append(target)
    return list(found.values())


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written to the record and the edition inside stays for several tests, and is then taken back."""
    with blocker.unblock(), ExitStack() as stack:
        for alias in BOTH_DATABASES:
            stack.enter_context(transaction.atomic(using=alias))
            stack.callback(transaction.set_rollback, True, using=alias)  # noqa: FBT003  # Django takes it by position.
        yield


@pytest.fixture(scope="module")
def kept_letter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The published letter, made once for a file of many tests that only read it."""
    with kept(django_db_blocker):
        _publisher(_account("alice", CONTRIBUTOR), _account("bob", REVIEWER))(letter_to_illinois())
        yield


@pytest.fixture(scope="class")
def publish_kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Publish]:
    """`publish`, for what is made public once for a class of tests that only read it."""
    with kept(django_db_blocker):
        yield _publisher(_account("alice", CONTRIBUTOR), _account("bob", REVIEWER))


def letter_to_illinois() -> Letter:
    letter: Letter = factories.letter(slug="2017-04-21-illinois", recipient_as_written="State of Illinois")
    return letter


@pytest.fixture
def published_letter(publish: Publish) -> Letter:
    """A public letter to Illinois of 21 April 2017, due on 30 June 2017."""
    if known := Letter.objects.filter(slug="2017-04-21-illinois").first():
        return known
    letter = letter_to_illinois()
    publish(letter)
    return letter


@pytest.fixture
def draft_letter(db: None) -> Letter:
    """A letter to Illinois that nobody has submitted."""
    letter: Letter = factories.letter(slug="2017-04-21-draft", recipient_as_written="Draft recipient")
    return letter


@pytest.fixture
def other_state_letter(publish: Publish) -> Letter:
    """A public letter to California of 15 November 2017 without a deadline."""
    letter = letter_to_california()
    publish(letter)
    return letter


def letter_to_california() -> Letter:
    letter: Letter = factories.letter(
        slug="2017-11-15-california",
        recipient_as_written="State of California",
        jurisdiction=factories.state("CA"),
        sent_on="2017-11-15",
        due_on="",
    )
    return letter
