"""The filters of every noun: at once API parameters, form fields, parameters of downloads and feeds, and their docs."""

from public.engine.filterset import ActiveFilter, StrictFilterSet, declared
from public.filters.federal import DesignationFilterSet, FederalActionFilterSet, LegalAuthorityFilterSet
from public.filters.grants import GrantFilterSet, GrantProgramFilterSet
from public.filters.lawsuits import LawsuitFilterSet
from public.filters.letters import LetterBatchFilterSet, LetterFilterSet
from public.filters.places import AgencyFilterSet, JurisdictionFilterSet
from public.filters.policies import CodebookFilterSet, PolicyFilterSet, QuestionFilterSet
from public.filters.sources import SourceFilterSet, StatementFilterSet

_PLACED: tuple[type[StrictFilterSet], ...] = (
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

_OTHERS = (each for each in declared() if each not in _PLACED)
FILTERSETS: tuple[type[StrictFilterSet], ...] = (*_PLACED, *_OTHERS)
"""One for every noun, in the order in which the public sees the nouns; what nobody placed comes last."""

__all__ = ["FILTERSETS", "ActiveFilter", "StrictFilterSet"]
