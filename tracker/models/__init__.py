"""The record's nouns, one file each. This is their one public door."""

from tracker.models.award_total import AwardTotal
from tracker.models.federal import Designation, FederalAction, LegalAuthority
from tracker.models.grant import AwardShare, GrantAward, GrantProgram
from tracker.models.lawsuit import Lawsuit, LawsuitEvent, LawsuitParty
from tracker.models.letter import Letter, LetterBatch, LetterEvent
from tracker.models.letter_reading import LetterReading
from tracker.models.policy import Codebook, Policy, PolicyAnswer, PolicyEvent, Question
from tracker.models.publication import Publication
from tracker.models.record import Record, RecordChild, Status
from tracker.models.search_entry import SearchEntry
from tracker.models.sent_form import SentForm
from tracker.models.source import Citation, Source
from tracker.models.standing_period import StandingPeriod
from tracker.models.statement import Statement
from tracker.models.table_import import TableImport

__all__ = [
    "AwardShare",
    "AwardTotal",
    "Citation",
    "Codebook",
    "Designation",
    "FederalAction",
    "GrantAward",
    "GrantProgram",
    "Lawsuit",
    "LawsuitEvent",
    "LawsuitParty",
    "LegalAuthority",
    "Letter",
    "LetterBatch",
    "LetterEvent",
    "LetterReading",
    "Policy",
    "PolicyAnswer",
    "PolicyEvent",
    "Publication",
    "Question",
    "Record",
    "RecordChild",
    "SearchEntry",
    "SentForm",
    "Source",
    "StandingPeriod",
    "Statement",
    "Status",
    "TableImport",
]
