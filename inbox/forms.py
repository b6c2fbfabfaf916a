"""The form by which a reader reports a mistake: no account, no cookie, and nothing that a robot may fill in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from inbox.models import LONGEST_NAME, LONGEST_TEXT, LONGEST_URL

QUICKEST = timedelta(seconds=3)
"""Nobody reads the form and writes down what is wrong faster than this."""
LONGEST = timedelta(days=1)
"""How long a form that was opened may be sent."""

_stamps = TimestampSigner(salt="inbox.form")


def stamp(record: str) -> str:
    """Says that the form about this record was opened now, in our hand."""
    return _stamps.sign(record)


class ReportForm(forms.Form):
    """What a reader tells about one record, whose name for the stamp is `record`."""

    wrong = forms.CharField(label="What is wrong?", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    right = forms.CharField(
        label="What would be right?", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source_url = forms.URLField(
        label="Where can one read that?",
        max_length=LONGEST_URL,
        required=False,
        assume_scheme="https",
        help_text="The address of a document or page that says so.",
    )
    name = forms.CharField(
        label="Your name",
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=LONGEST_NAME,
        required=False,
        help_text="For a question of ours. It is never published, and deleted half a year after our answer.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    may_name = forms.BooleanField(label="If this leads to a correction, name me beside it", required=False)
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("This field catches robots. Empty it and send the report again.")
        return ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        self._judge_stamp(told.get("stamp", ""))
        if told.get("may_name") and not told.get("name") and "name" not in self.errors:
            self.add_error("name", "Give the name that may stand beside the correction, or untick the box below.")
        return told

    def _judge_stamp(self, given: str) -> None:
        """Refuse a form that we did not make for this record, and one that was sent too soon or too late."""
        try:
            record = _stamps.unsign(given, max_age=LONGEST)
        except SignatureExpired:
            raise ValidationError("This page was open for more than a day. Please send the report again.") from None
        except BadSignature:
            record = ""
        if record != self.record:
            raise ValidationError("This form was not complete. Please send the report again.")
        try:
            _stamps.unsign(given, max_age=QUICKEST)
        except SignatureExpired:
            return
        raise ValidationError("That was quick: we take reports from people, not from robots. Please send it again.")
