"""The filters of every noun: at once API parameters, form fields, parameters of downloads and feeds, and their docs."""

from tracker.public.filters.base import ActiveFilter, StrictFilterSet
from tracker.public.filters.federal import DesignationFilterSet, FederalActionFilterSet, LegalAuthorityFilterSet
from tracker.public.filters.grants import GrantFilterSet, GrantProgramFilterSet
from tracker.public.filters.lawsuits import LawsuitFilterSet
from tracker.public.filters.letters import LetterBatchFilterSet, LetterFilterSet
from tracker.public.filters.places import AgencyFilterSet, JurisdictionFilterSet
from tracker.public.filters.policies import CodebookFilterSet, PolicyFilterSet, QuestionFilterSet
from tracker.public.filters.sources import SourceFilterSet, StatementFilterSet

FILTERSETS: tuple[type[StrictFilterSet], ...] = (
    JurisdictionFilterSet,
    AgencyFilterSet,
    PolicyFilterSet,
    LetterFilterSet,
    LetterBatchFilterSet,
    GrantFilterSet,
    GrantProgramFilterSet,
    LawsuitFilterSet,
    FederalActionFilterSet,
    DesignationFilterSet,
    StatementFilterSet,
    SourceFilterSet,
    LegalAuthorityFilterSet,
    CodebookFilterSet,
    QuestionFilterSet,
)
"""One for every noun, in the order in which the public sees the nouns."""

__all__ = ["FILTERSETS", "ActiveFilter", "StrictFilterSet"]
