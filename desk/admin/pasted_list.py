"""The page on which a mailing is logged with the list of its recipients, as a press release gives it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from desk.admin.form_fields import PartialDateInput
from desk.admin.once import made, once
from desk.admin.theme import CheckboxSelectMultiple, Select, Textarea, TextInput
from desk.intake.mailings import Recipient, Wording, log_letters, recipients
from desk.staff import staff
from jurisdictions.models import Agency
from nouns.partial_dates import PartialDateFormField
from tracker.models import LegalAuthority, LetterBatch, Source

OPEN, LEFT_OUT = "", "out"


def _day(label: str, **options: Any) -> PartialDateFormField:
    return PartialDateFormField(label=label, required=False, widget=PartialDateInput(), **options)


class MailingForm(forms.Form):
    """The mailing, known or new, what its letters say alike, and the pasted list."""

    batch = forms.ModelChoiceField(
        LetterBatch.objects.all(),
        required=False,
        widget=Select(),
        label="Mailing in the record",
        empty_label="A new one",
    )
    title = forms.CharField(required=False, max_length=200, widget=TextInput(), label="Title of a new mailing")
    sent_on = _day("Sent on")
    sender_agency = forms.ModelChoiceField(
        Agency.objects.filter(kind=Agency.Kind.FEDERAL), required=False, widget=Select(), label="Sender"
    )
    signatory = forms.CharField(required=False, max_length=120, widget=TextInput())
    signatory_title = forms.CharField(required=False, max_length=160, widget=TextInput())
    due_on = _day("Reply due on")
    legal_authorities = forms.ModelMultipleChoiceField(
        LegalAuthority.objects.all(), required=False, widget=CheckboxSelectMultiple()
    )
    demand = forms.CharField(required=False, widget=Textarea())
    threatened_consequences = forms.CharField(required=False, widget=Textarea())
    source = forms.ModelChoiceField(
        Source.objects.order_by("-updated_at"),
        required=False,
        widget=Select(),
        label="Source of the list",
        help_text="Cited by the mailing and by each letter.",
    )
    lines = forms.CharField(
        widget=Textarea({"rows": 12}),
        label="Recipients",
        help_text="One on each line, with or without bullets and numbers.",
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not cleaned.get("batch"):
            for name in ("title", "sent_on", "sender_agency"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, "A new mailing needs this; or choose one that is in the record.")
        return cleaned

    def mailing(self) -> LetterBatch:
        """The mailing that was chosen, or the stored one of this title and day, or a new one."""
        given = self.cleaned_data
        if given["batch"]:
            chosen: LetterBatch = given["batch"]
            return chosen
        known = LetterBatch.objects.filter(title=given["title"], sent_on=given["sent_on"]).first()
        return known or LetterBatch(**{name: given[name] for name in ("title", "sent_on", "sender_agency")})

    def wording(self, mailing: LetterBatch) -> Wording:
        """What the letters say alike; what was left empty is taken from a known mailing."""
        given = self.cleaned_data
        authorities = tuple(given["legal_authorities"])
        return Wording(
            signatory=given["signatory"],
            signatory_title=given["signatory_title"],
            demand=given["demand"] or mailing.demand,
            threatened_consequences=given["threatened_consequences"] or mailing.threatened_consequences,
            due_on=given["due_on"],
            legal_authorities=authorities or (() if mailing._state.adding else tuple(mailing.legal_authorities.all())),
            source=given["source"],
        )


class PastedList(admin.ModelAdmin[LetterBatch]):
    """The page for `LetterBatchAdmin`: first what each line resolves to, then all the letters at once."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.paste_view)
        return [path("paste/", view, name="tracker_letterbatch_paste"), *super().get_urls()]

    @once
    def paste_view(self, request: HttpRequest) -> HttpResponse:
        """Show what each line means; save when the account says so, and only what it has seen."""
        if not (self.has_add_permission(request) and request.user.has_perm("tracker.add_letter")):
            raise PermissionDenied
        posted = request.method == "POST"
        form = MailingForm(request.POST if posted else None, initial={"batch": request.GET.get("batch")})
        found: list[Recipient] = []
        if posted and form.is_valid():
            mailing = form.mailing()
            found = recipients(form.cleaned_data["lines"], mailing)
            if "_save" in request.POST:
                try:
                    return self._save(request, form, mailing, found)
                except ValidationError as refusal:
                    form.add_error(None, ValidationError(refusal.messages))
        context = {
            **self.admin_site.each_context(request),
            "title": "A mailing and its recipients",
            "opts": self.opts,
            "form": form,
            "rows": [
                (f"place-{number}", request.POST.get(f"place-{number}", ""), each) for number, each in enumerate(found)
            ],
            "new": sum(each.known is None for each in found),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "desk/pasted_list.html", context)

    def _save(
        self, request: HttpRequest, form: MailingForm, mailing: LetterBatch, found: list[Recipient]
    ) -> HttpResponse:
        sent_to = []
        for number, each in enumerate(found):
            choice = request.POST.get(f"place-{number}", OPEN)
            if each.known is None and choice != LEFT_OUT:
                chosen = next((place for place in each.candidates if str(place.pk) == choice), each.place)
                sent_to.append((each.as_written, chosen))
        if sent_to:
            letters = log_letters(mailing, sent_to, form.wording(mailing), by=staff(request))
            self.message_user(request, f"Logged as drafts: {len(letters)} letters.", messages.SUCCESS)
        else:
            self.message_user(request, "Every line is in the record already. Nothing was logged.", messages.WARNING)
        if mailing._state.adding:
            return redirect(reverse(f"{self.admin_site.name}:tracker_letterbatch_changelist"))
        address = f"{reverse(f'{self.admin_site.name}:tracker_letter_changelist')}?batch__id__exact={mailing.pk}"
        made(request, address)
        return redirect(address)
