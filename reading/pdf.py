"""The text of a PDF's pages. This module alone opens PDFs, and only the child process imports it."""

from __future__ import annotations

import pypdfium2

from reading.documents import Limits, Unreadable

_WHY = {
    pypdfium2.raw.FPDF_ERR_PASSWORD: "The PDF is locked with a password. Hand in a copy without one.",
    pypdfium2.raw.FPDF_ERR_FORMAT: "The file is no PDF, or is damaged. Open it and save it anew.",
}


def pdf_pages(content: bytes, limits: Limits) -> list[str]:
    """The text of each page; empty for a page without text, such as a scan. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_WHY.get(error.err_code, f"The PDF cannot be opened: {error}.")) from None
    if not len(document):
        raise Unreadable("The PDF has no pages.")
    if len(document) > limits.pages:
        raise Unreadable(f"The PDF has {len(document)} pages; at most {limits.pages} are read.")
    pages = []
    for number in range(len(document)):
        try:
            pages.append(document[number].get_textpage().get_text_range())
        except pypdfium2.PdfiumError:
            raise Unreadable(f"Page {number + 1} of the PDF is damaged.") from None
    return pages
