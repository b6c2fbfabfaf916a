"""The columns of a table that cite a source for the record of their row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desk.tables.resources import KnownNouns, ValueWidget
from desk.tables.rows import Row, Verb
from nouns.declarations import parent_key
from nouns.noun import PublicNoun
from tracker.models import Citation, Source

SOURCE = "source"
Note = Callable[[Row, str, str], None]
"""Takes a row, a column and a reason, and notes the problem."""


class CitationCells:
    """Makes the citations that a table's rows ask for, and none that the record has already."""

    def __init__(self, model: type[PublicNoun], columns: Sequence[str], known: KnownNouns) -> None:
        self.model = model
        self.columns = columns
        self.known = known
        self._words = {
            name: ValueWidget(Citation._meta.get_field(name))  # type: ignore[arg-type]  # Both are fields of its own.
            for name in columns
            if name != SOURCE
        }

    def look_up(self, rows: Sequence[Row]) -> None:
        """Fetch the sources that the rows name."""
        self.known.look_up(Source, (row.texts[SOURCE] for row in rows if SOURCE in self.columns))

    def attach(self, rows: Sequence[Row], note: Note) -> None:
        """Give each row its citation, if it asks for one; a row that only adds a citation is a change."""
        asking = [row for row in rows if any(row.texts[name] for name in self.columns)]
        if not asking:
            return
        present = set(self._present([row.noun for row in asking if row.noun.pk]))
        for row in asking:
            citation = self._citation(row, note)
            if citation is None or (row.noun.pk, *_content(citation)) in present:
                continue
            row.citation = citation
            row.cells |= {name: ("", row.texts[name]) for name in self.columns if row.texts[name]}
            row.verb = Verb.CHANGE if row.verb == Verb.SAME else row.verb

    def _citation(self, row: Row, note: Note) -> Citation | None:
        citation = Citation()
        for name, words in self._words.items():
            try:
                setattr(citation, name, words.clean(row.texts[name]))
            except ValueError as error:
                note(row, name, str(error))
        slug = row.texts.get(SOURCE, "")
        if not slug:
            note(row, SOURCE, "A citation names its source: write the slug of one here.")
            return None
        try:
            citation.source = self.known.get(Source, slug)  # type: ignore[assignment]  # It was looked up among sources.
        except ValueError as error:
            note(row, SOURCE, str(error))
            return None
        return citation

    def _present(self, nouns: Sequence[PublicNoun]) -> Iterator[tuple[int, int, str, str]]:
        """The citations that these nouns have: the noun's key and what each says."""
        if nouns:
            parent = parent_key(self.model, "citations")
            stored = Citation.objects.filter(**{f"{parent}__in": [noun.pk for noun in nouns]}).order_by()
            yield from stored.values_list(f"{parent}_id", "source_id", "locator", "quote")


def _content(citation: Citation) -> tuple[int, str, str]:
    return citation.source_id, citation.locator, citation.quote
