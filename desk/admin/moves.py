"""How a record's status moves: a page for each move that shows what will happen, and actions for several at once.

Nothing here decides who may do what: `tracker.publishing.workflow` does, and its refusals are shown with every reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from desk.admin.forms import OPENED_REVISION
from desk.admin.once import made, once
from desk.admin.preview import has_page
from desk.admin.theme import RadioSelect, Textarea
from desk.comparison import changes
from desk.staff import staff
from nouns.declarations import parent_key
from nouns.noun import PublicNoun
from tracker.models import Publication, Record, Source, Status
from tracker.publishing import acts, workflow
from tracker.publishing.refusals import uncited_facts

CONFIRMED = "confirmed"
SUBMIT_TOO = "_submit"


class MoveForm(forms.Form):
    """What a move asks: nothing."""

    def __init__(self, *args: Any, records: Sequence[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = records


class SendBackForm(MoveForm):
    """What is to be done before the record comes back."""

    note = forms.CharField(widget=Textarea(), help_text="What is to be done? The author reads this.")


class WithdrawForm(MoveForm):
    """Why a record leaves the public's view."""

    reason = forms.CharField(widget=Textarea(), help_text="Why? The public is told.")


class PublishForm(MoveForm):
    """What a later revision is. A first one asks nothing."""

    LATER = (
        (Publication.Action.CHANGE, "The world moved on: a change"),
        (Publication.Action.CORRECT, "We had it wrong: a correction"),
    )

    action = forms.ChoiceField(label="Why is there a new revision?", choices=LATER, widget=RadioSelect())
    reason = forms.CharField(
        label="What changed",
        required=False,
        widget=Textarea(),
        help_text="The public is told. A correction says what was wrong.",
    )

    def __init__(self, *args: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not any(record.published_at for record in self.records):
            self.fields.clear()


def _approve(record: Record, **answers: Any) -> object:
    return workflow.approve([record], **answers)


@dataclass(frozen=True)
class Move:
    """One way for a status to move: who sees it, from where, what it asks and what it does."""

    name: str
    title: str
    permission: str
    explanation: str
    done: str
    form: type[MoveForm]
    carry_out: Callable[..., object]
    offered: Callable[[Record], bool]


SUBMIT = Move(
    name="submit",
    title="Submit for review",
    permission="change",
    explanation="A reviewer reads it next. Saving another change takes it back to a draft.",
    done="{} is in review.",
    form=MoveForm,
    carry_out=workflow.submit,
    offered=lambda record: record.status == Status.DRAFT,
)
PUBLISH = Move(
    name="publish",
    title="Publish",
    permission="publish",
    explanation="This is what the public will see.",
    done="{} is published.",
    form=PublishForm,
    carry_out=_approve,
    offered=lambda record: record.status == Status.IN_REVIEW,
)
SEND_BACK = Move(
    name="send-back",
    title="Send back",
    permission="publish",
    explanation="It becomes a draft again, with your note on it.",
    done="{} is a draft again.",
    form=SendBackForm,
    carry_out=workflow.send_back,
    offered=lambda record: record.status == Status.IN_REVIEW,
)
WITHDRAW = Move(
    name="withdraw",
    title="Withdraw",
    permission="publish",
    explanation="The public page goes. The ledger keeps what it said, when, and why it went.",
    done="{} is withdrawn.",
    form=WithdrawForm,
    carry_out=workflow.withdraw,
    offered=lambda record: record.published_revision is not None,
)
DISCARD = Move(
    name="discard",
    title="Discard the edits",
    permission="change",
    explanation="The record says again what the public sees. What is lost by that is shown; the history keeps it.",
    done="{} says again what the public sees.",
    form=MoveForm,
    carry_out=workflow.discard,
    offered=lambda record: record.published_revision not in {None, record.revision},
)
MOVES = (SUBMIT, PUBLISH, SEND_BACK, DISCARD, WITHDRAW)


class Moves(admin.ModelAdmin[Record]):
    """The pages and list actions by which records move. For `RecordAdmin`."""

    actions: tuple[str, ...] = ("submit_selected", "publish_selected")
    change_url: Callable[[PublicNoun], str]
    report: Callable[..., None]

    def get_urls(self) -> list[URLPattern]:
        options = self.model._meta
        pages = [
            path(
                f"<int:key>/{move.name}/",
                self.admin_site.admin_view(partial(self.move_view, move=move)),
                name=f"{options.app_label}_{options.model_name}_{move.name}",
            )
            for move in MOVES
        ]
        return [*pages, *super().get_urls()]

    def has_publish_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the account may publish this kind of record."""
        return staff(request).has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def may_move(self, request: HttpRequest, move: Move) -> bool:
        """Whether the account may make this move at all."""
        allowed: bool = getattr(self, f"has_{move.permission}_permission")(request)
        return allowed

    def response_add(self, request: HttpRequest, obj: Record, post_url_continue: str | None = None) -> HttpResponse:
        if SUBMIT_TOO in request.POST:
            return self._submit_saved(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        return self._submit_saved(request, obj) if SUBMIT_TOO in request.POST else super().response_change(request, obj)

    def _submit_saved(self, request: HttpRequest, record: Record) -> HttpResponse:
        """Submit what was just saved. When it is refused, the draft stays saved and opens again."""
        try:
            workflow.submit(record, by=staff(request))
        except ValidationError as refusal:
            self.report(request, refusal)
            self.message_user(request, f"{record} is saved as a draft.", messages.WARNING)
            return redirect(self.change_url(record))
        self.message_user(request, SUBMIT.done.format(record), messages.SUCCESS)
        return self.response_post_save_change(request, record)

    @once
    def move_view(self, request: HttpRequest, key: int, move: Move) -> HttpResponse:
        """Show what a move will do, and do it when the account says so."""
        if not self.may_move(request, move):
            raise PermissionDenied
        record = self.get_object(request, str(key))
        if record is None:
            raise Http404
        form = move.form(request.POST if request.method == "POST" else None, records=[record])
        if form.is_valid():
            opened, stored = request.POST.get(OPENED_REVISION, ""), record.revision
            record.revision = int(opened) if opened.isdigit() else -1
            try:
                move.carry_out(record, by=staff(request), **form.cleaned_data)
            except ValidationError as refusal:
                record.revision = stored
                form.add_error(None, ValidationError(refusal.messages))
            else:
                self.message_user(request, move.done.format(record), messages.SUCCESS)
                made(request, self.change_url(record))
                return redirect(self.change_url(record))
        found = changes(type(record), acts.differences(record)) if move is not WITHDRAW else []
        context = {
            "hidden": {OPENED_REVISION: record.revision},
            "record": record,
            "changes": [change for change in found if not change.says_nothing],
            "left_empty": [change.label for change in found if change.says_nothing],
            "back_url": self.change_url(record),
            "preview_url": "../preview/page/" if move in {SUBMIT, PUBLISH} and has_page(record) else "",
        }
        return self._move_page(request, move, form, context)

    @admin.action(description="Submit for review", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Record]) -> None:
        """Submit each selected record that can be; say why the others cannot."""
        submitted = 0
        for record in queryset:
            try:
                workflow.submit(record, by=staff(request))
                submitted += 1
            except ValidationError as refusal:
                self.report(request, refusal)
        if submitted:
            self.message_user(request, f"In review now: {submitted}.", messages.SUCCESS)

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Record]) -> HttpResponse | None:
        """Publish the selected records together, after a page that names them: all of them or none."""
        records = list(queryset)
        opened = request.POST.get(CONFIRMED)
        form = PublishForm(request.POST if opened else None, records=records)
        if form.is_valid():
            revisions = dict(pair.split(":") for pair in (opened or "").split(",") if ":" in pair)
            for record in records:
                record.revision = int(revisions.get(str(record.pk), -1))
            try:
                workflow.approve(records, by=staff(request), **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, ValidationError(refusal.messages))
                records = list(queryset.all())
            else:
                self.message_user(request, f"Published: {len(records)}.", messages.SUCCESS)
                return None
        hidden = {
            "action": "publish_selected",
            "select_across": request.POST.get("select_across", "0"),
            CONFIRMED: ",".join(f"{record.pk}:{record.revision}" for record in records),
        }
        context = {"hidden": hidden, "records": records, "selected_name": ACTION_CHECKBOX_NAME, "back_url": "."}
        return self._move_page(request, PUBLISH, form, context)

    def _move_page(self, request: HttpRequest, move: Move, form: MoveForm, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            "desk/move.html",
            {
                **self.admin_site.each_context(request),
                "title": move.title,
                "subtitle": str(context.get("record", "")),
                "opts": self.opts,
                "move": move,
                "form": form,
                "sources": _published_along(form.records) if move is PUBLISH else [],
                "uncited": _uncited(form.records) if move in {SUBMIT, PUBLISH} else [],
                **context,
            },
        )


def _uncited(records: Sequence[Record]) -> list[str]:
    return [f"{record}: {facts}" for record, facts in uncited_facts(records)]


def _published_along(records: Sequence[Record]) -> list[Source]:
    """The sources that become public with these records, since they cite a revision that is not public yet."""
    model = type(records[0])
    if "citations" not in model.CHILDREN:
        return []
    cited = Source.objects.filter(**{f"citing__{parent_key(model, 'citations')}__in": records})
    return list(cited.exclude(status=Status.PUBLISHED).distinct())
