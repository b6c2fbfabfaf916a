"""A snapshot as JSON lines: each record as the API's detail gives it, one a line, a file for each kind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from public.engine.noun import Noun
from public.nouns import NOUNS


class JSONForm:
    """The records of each kind, written in a scratch folder and packed at the end."""

    def __init__(self, path: Path, scratch: Path, about: Mapping[str, Any]) -> None:
        self.path, self.about = path, about
        self.files = {name: (scratch / f"{name}.jsonl").open("wb") for name in NOUNS}

    def add(self, noun: Noun, records: Sequence[Mapping[str, Any]]) -> None:
        """Write some more records of this kind, in the order of the API's list."""
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        self.files[noun.name].write("".join(lines).encode())

    def close(self) -> None:
        """Pack the files with a word on what they are."""
        with ZipFile(self.path, "w", ZIP_DEFLATED) as archive:
            archive.writestr("about.json", json.dumps(self.about, indent=2, ensure_ascii=False))
            for open_file in self.files.values():
                file = Path(open_file.name)
                open_file.close()
                archive.write(file, file.name)
                file.unlink()
