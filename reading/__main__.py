"""`python -m reading FILE`: print the text of a document's pages as JSON, `{"pages": [...]}` or `{"error": "..."}`.

`-` reads standard input. This is the process in which documents are opened: it limits itself before it reads a byte.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path

from reading.documents import Limits, Unreadable
from reading.pdf import pdf_pages
from reading.texts import text_pages

PDF_MARK_WITHIN = 1024
"""Readers of PDFs accept their mark anywhere in so many bytes at the beginning."""


def limit_this_process(limits: Limits) -> None:
    """Let the system stop this process when it takes too much, keep it from writing files and from dumping core."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(content: bytes, limits: Limits) -> list[str]:
    """The pages of a PDF or a text, shortened to no more characters than allowed. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("The file is empty.")
    if len(content) > limits.file_size:
        raise Unreadable(f"The file has {len(content):,} bytes; at most {limits.file_size:,} are read.")
    is_pdf = b"%PDF-" in content[:PDF_MARK_WITHIN]
    pages = pdf_pages(content, limits) if is_pdf else text_pages(content, limits)
    characters = sum(map(len, pages))
    if characters > limits.characters:
        raise Unreadable(f"The text has {characters:,} characters; at most {limits.characters:,} are read.")
    return pages


def main() -> int:
    """Print the pages, or what is wrong; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m reading", description="Print the text of a document's pages.")
    parser.add_argument("file", help="a PDF or a text file; - reads standard input")
    parser.add_argument("--limits", type=json.loads, default={}, help="limits other than the usual, as JSON")
    options = parser.parse_args()
    limits = Limits(**options.limits)
    limit_this_process(limits)
    try:
        content = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        answer: dict[str, object] = {"pages": read(content, limits)}
    except Unreadable as error:
        answer = {"error": str(error)}
    except OSError as error:
        answer = {"error": f"{options.file} cannot be read: {error.strerror}."}
    except MemoryError:
        answer = {"error": f"Reading the file takes more than {limits.memory >> 20} MB of memory."}
    print(json.dumps(answer))  # noqa: T201  # A command that answers whoever started it.
    return int("error" in answer)


if __name__ == "__main__":
    sys.exit(main())
