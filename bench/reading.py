"""Precision and recall of reading letters, per field, on each part of the corpus: `python -m bench.reading [-v]`.

`-v` names every value that is wrong or missing.
"""

from __future__ import annotations

import sys

from reading.letters import FIELDS
from tests.reading.scoring import PARTS, documents, score


def main() -> None:
    """Print one table for each part."""
    for part in PARTS:
        result = score(part)
        print(f"{part}: {len(documents(part))} documents")
        for field in FIELDS:
            proposed, stated = result.right[field] + result.wrong[field], result.right[field] + result.missing[field]
            print(
                f"  {field:16} precision {result.precision(field):.3f} of {proposed:3} proposed,"
                f" recall {result.recall(field):.3f} of {stated:3} stated"
            )
        if "-v" in sys.argv:
            print(*result.faults, sep="\n")


if __name__ == "__main__":
    main()
