"""How names are spelled: what two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata

_SIMPLE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u2033", '"')
    | dict.fromkeys("\u2010\u2011", "-")
)
_WORDS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "&": "and"}


def plain(text: str) -> str:
    """The text on one line with simple quotes, hyphens and spaces, so that rules need to know one form only."""
    text = unicodedata.normalize("NFKC", text.translate(_SIMPLE))
    return " ".join("".join(" " if unicodedata.category(letter) in {"Cc", "Cf"} else letter for letter in text).split())


def key(name: str) -> str:
    """What all spellings of a name share: De Kalb and DeKalb, Doña Ana and Dona Ana, Saint Clair and St. Clair."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", plain(name)) if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+|&", bare.casefold().replace("'", ""))
    return "".join(_WORDS.get(word, word) for word in words)
