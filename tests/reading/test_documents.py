from __future__ import annotations

import pytest

from reading.documents import Limits, Unreadable, read_pages


def test_form_feeds_part_the_pages_of_a_text() -> None:
    assert read_pages("Do\u00f1a Ana\f\ntwo\f".encode("cp1252")) == ["Do\u00f1a Ana", "\ntwo"]


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"  ", "empty"), (b"%PDF-1.7 broken", "damaged"), (b"\x00\x01\x02" * 50, "neither a PDF nor a text")],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_pages(content)


def test_a_file_beyond_the_limits_is_refused() -> None:
    with pytest.raises(Unreadable, match="at most 10 are read"):
        read_pages(b"x" * 11, Limits(file_size=10))
    with pytest.raises(Unreadable, match="2 pages"):
        read_pages(b"one\ftwo", Limits(pages=1))


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(Unreadable, match="was stopped"):
        read_pages(b"text", Limits(clock_seconds=0.001))


def test_a_file_that_takes_too_much_memory_ends_its_reader_and_nothing_else() -> None:
    with pytest.raises(Unreadable, match="more than 64 MB of memory"):
        read_pages(("\u00e9 " * 6_000_000).encode(), Limits(memory=64 << 20))
    assert read_pages(b"The next one.") == ["The next one."]
