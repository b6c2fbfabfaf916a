"""The form of a letter: it finds the recipient's place from its words, and shows a letter that may be the same."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from desk.admin.forms import NounForm
from desk.intake.mailings import Recipient, recipient
from jurisdictions.models import Jurisdiction
from tracker.models import Letter

LEAVE_OPEN = "open"
TELLS_LETTERS_APART = {"recipient_as_written", "jurisdiction", "sender_agency", "sent_on", "cited_awards"}


class LetterForm(NounForm):
    """The form of a letter.

    After it was judged, `found` is what the recipient's words name, where the place was left empty; `twins` are the
    letters in the record that may be this one.
    """

    OF_THE_FORM: ClassVar[frozenset[str]] = NounForm.OF_THE_FORM | {"which_place", "another_letter"}

    which_place = forms.CharField(required=False, widget=forms.HiddenInput)
    another_letter = forms.BooleanField(required=False, label="It is another letter. Save this one too.")

    found: Recipient | None = None
    twins: tuple[Letter, ...] = ()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self._place_is_to_be_found(cleaned):
            cleaned["jurisdiction"] = self._place(cleaned["recipient_as_written"], cleaned["which_place"])
        if not self.errors and (self.instance._state.adding or TELLS_LETTERS_APART & set(self.changed_data)):
            self._refuse_a_twin(cleaned)
        return cleaned

    def _place_is_to_be_found(self, cleaned: dict[str, object]) -> bool:
        """Whether the place was left empty, and not by somebody who took it out of a stored letter."""
        if cleaned.get("jurisdiction") or not cleaned.get("recipient_as_written") or "jurisdiction" in self.errors:
            return False
        changed = self.changed_data
        return self.instance._state.adding or ("recipient_as_written" in changed and "jurisdiction" not in changed)

    def _place(self, words: str, choice: str) -> Jurisdiction | None:
        if choice == LEAVE_OPEN:
            return None
        self.found = recipient(words)
        chosen = next((place for place in self.found.candidates if str(place.pk) == choice), self.found.place)
        if chosen is None and self.found.candidates:
            self.add_error("jurisdiction", "The words fit several places. Choose one of them above, or leave it open.")
        return chosen

    def _refuse_a_twin(self, cleaned: dict[str, Any]) -> None:
        names = ("recipient_as_written", "jurisdiction", "sender_agency", "sent_on")
        letter = Letter(pk=self.instance.pk, **{name: cleaned[name] for name in names})
        self.twins = tuple(Letter.objects.alike(letter, cleaned["cited_awards"])[:5])
        if self.twins and not cleaned["another_letter"]:
            raise ValidationError("Nothing is saved yet: the letter may be in the record already. See above.")
