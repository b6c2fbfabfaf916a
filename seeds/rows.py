"""The seed record as it stands in the tables: one dataclass per table, read and checked as a whole.

Pure Python, without Django, so that a table can be checked anywhere. The rows themselves are declared in
`reference_rows`, `record_rows` and `letter_rows`; what a cell may hold in `cells`; what is checked in `checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args, get_type_hints

from seeds import letter_rows, record_rows, reference_rows
from seeds.checks import SeedError, check, read_table
from seeds.reference_rows import Row

DATA = Path(__file__).parent / "data"
"""The project's own tables."""


class SeedErrors(ValueError):
    """Everything that is wrong with the tables, at once and in the order of the files."""

    def __init__(self, errors: Sequence[SeedError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = tuple(errors)


@dataclass(frozen=True)
class Seeds:
    """All tables. The name of a field is that of its file; the order is that in which rows refer to each other."""

    jurisdictions: tuple[reference_rows.Jurisdiction, ...]
    jurisdiction_names: tuple[reference_rows.JurisdictionName, ...]
    agencies: tuple[reference_rows.Agency, ...]
    legal_authorities: tuple[reference_rows.LegalAuthority, ...]
    grant_programs: tuple[reference_rows.GrantProgram, ...]
    codebooks: tuple[reference_rows.Codebook, ...]
    questions: tuple[reference_rows.Question, ...]
    sources: tuple[reference_rows.Source, ...]
    federal_actions: tuple[record_rows.FederalAction, ...]
    designations: tuple[record_rows.Designation, ...]
    policies: tuple[record_rows.Policy, ...]
    policy_events: tuple[record_rows.PolicyEvent, ...]
    policy_answers: tuple[record_rows.PolicyAnswer, ...]
    grants: tuple[record_rows.Grant, ...]
    award_shares: tuple[record_rows.AwardShare, ...]
    letter_batches: tuple[letter_rows.LetterBatch, ...]
    letters: tuple[letter_rows.Letter, ...]
    letter_events: tuple[letter_rows.LetterEvent, ...]
    lawsuits: tuple[letter_rows.Lawsuit, ...]
    lawsuit_parties: tuple[letter_rows.LawsuitParty, ...]
    lawsuit_events: tuple[letter_rows.LawsuitEvent, ...]
    statements: tuple[record_rows.Statement, ...]
    citations: tuple[record_rows.Citation, ...]


def row_classes() -> dict[str, type[Row]]:
    """The class of the rows of each table, by the table's name."""
    return {name: get_args(hint)[0] for name, hint in get_type_hints(Seeds).items()}


def read(folder: Path = DATA) -> Seeds:
    """Read and check all tables of a folder. Raises SeedErrors, which lists every fault of every row at once."""
    tables = {name: read_table(folder / f"{name}.csv", row_class) for name, row_class in row_classes().items()}
    errors = [error for table in tables.values() for error in table.errors]
    errors.extend(check(tables))
    if errors:
        order = [f"{name}.csv" for name in tables]
        raise SeedErrors(sorted(errors, key=lambda error: (order.index(error.file), error.line)))
    return Seeds(**{name: tuple(line.row for line in table.lines) for name, table in tables.items()})
