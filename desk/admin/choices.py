"""What a searchable choice offers: each noun in its own words, and as its admin would have it told apart."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView


class ChoicesView(AutocompleteJsonView):
    """Django's own, which lets an admin say more of a choice than the noun's name: `choice_words(noun)`."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        words = getattr(self.model_admin, "choice_words", str)
        return {**super().serialize_result(obj, to_field_name), "text": words(obj)}
