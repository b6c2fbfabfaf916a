"""A federal letter, handing in its document, and the form that opens from it, for the tests."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk.admin.proposed import Box
from desk.intake import readings
from tests.desk.admin.desk import address
from tests.pdfs import pdf_of
from tracker.models import Letter

HAND_IN = "/admin/tracker/letter/from-document/"
ADD = address(Letter, "add")
LETTER = """U.S. Department of Justice
Office of Justice Programs
Washington, D.C. 20531
April 21, 2017
The Honorable John Cullerton
President
State of Illinois
Springfield, IL 62706
Re: Grant Award 2016-DJ-BX-0001
Dear President Cullerton:
Your award carries a special condition on 8 U.S.C. 1373 and on 8 U.S.C. 1644.
By June 30, 2017, you must submit all documentation required by it to this office.
Sincerely,
Alan R. Hanson
Acting Assistant Attorney General"""


def hand_in(client: Client, content: bytes, name: str = "A letter.pdf") -> Any:
    return client.post(HAND_IN, {"document": SimpleUploadedFile(name, content), "title": ""}, follow=True)


def read(client: Client, text: str, name: str = "A letter.pdf") -> Any:
    """The form that opens for a letter's document, once the worker has read it."""
    content = text.encode() if name.endswith(".txt") else pdf_of(text.split("\f"))
    page = hand_in(client, content, name)
    readings.read_letter.call(page.context["source"].pk)
    return client.get(page.request["PATH_INFO"], follow=True)


def boxes(page: Any) -> dict[str, Box]:
    """What stands beside the fields of a form, by the keys of the facts."""
    proposed = page.context["proposed"]
    return {box.fact.key: box for fact in proposed.facts for box in proposed.boxes(fact.field)}
