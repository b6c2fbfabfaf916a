"""What a search over all nouns can be asked."""

from __future__ import annotations

from jurisdictions.models import STATES
from public.engine.filterset import SEARCH_HELP
from public.engine.list_parameters import ChoiceListField
from public.engine.options import page_size_field
from public.engine.parameters import AsOfField, QueryField
from public.engine.strict import StrictForm
from public.filters.places import STATE_HELP
from public.nouns import NOUNS


class SearchOptions(StrictForm):
    """What a search can be asked."""

    q = QueryField(required=True, help_text=SEARCH_HELP)
    noun = ChoiceListField(
        required=False,
        choices=[(name, noun.heading) for name, noun in NOUNS.items()],
        help_text="Kind of record, such as letters, or several separated by commas.",
    )
    state = ChoiceListField(required=False, choices=list(STATES.items()), help_text=STATE_HELP)
    on = AsOfField(required=False, help_text="Only records of what had happened by this day, or on a day not known.")
    page_size = page_size_field()
