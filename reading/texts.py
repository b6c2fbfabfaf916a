"""The text of a text file, in whichever of the usual encodings it comes."""

from __future__ import annotations

from reading.documents import Limits, Unreadable


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, with a byte order mark or without, UTF-16 with one, or Windows-1252.

    Lines end with a line feed alone. Raises Unreadable for what is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    strange = sum(
        not letter.isprintable() and letter not in "\t\r\n\f\x1a\x02\u00a0\u00ad\ufeff\u200b" for letter in text
    )
    if strange > len(text) // 50 or "\x00" in text:
        raise Unreadable("The file is neither a PDF nor a text. Hand in a PDF, or a text file in UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_pages(content: bytes, limits: Limits) -> list[str]:
    """The pages of a text file, parted by form feeds. Raises Unreadable."""
    pages = decode(content).split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # A form feed also ends the last page.
    if not any(page.strip() for page in pages):
        raise Unreadable("The file is empty.")
    if len(pages) > limits.pages:
        raise Unreadable(f"The text has {len(pages)} pages; at most {limits.pages} are read.")
    return pages
