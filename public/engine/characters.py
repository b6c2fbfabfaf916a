"""Texts that neither XML nor a calendar can choke on."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[^\\t\\n\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 has no way to write, and the control characters that it advises against."""


def writable(text: str) -> str:
    """The text without characters that no feed or calendar may hold; a carriage return goes with its line feed kept."""
    return _UNWRITABLE.sub("", text)
