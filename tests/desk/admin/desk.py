"""What staff do at their desk, for the tests: open a form, change what it holds, and send it."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.forms import Select
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from nouns.noun import PublicNoun
from tracker.models import Record


def address(model: Any, page: str, *args: Any) -> str:
    """The address of a page of this kind of noun: changelist, add, change, delete, history, submit, publish, ..."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def change_url(noun: PublicNoun) -> str:
    return address(type(noun), "change", noun.pk)


def filled(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would post back from this form page: everything shown, with these changes."""
    context: Any = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if (
                value in (None, "")
                and isinstance(field.field.widget, Select)
                and (options := list(field.field.choices))
            ):
                value = options[0][0]  # A browser sends the first option of a list in which nothing is chosen.
            if value not in (None, "", []):
                data[field.html_name] = (
                    [getattr(item, "pk", item) for item in value] if isinstance(value, list) else value
                )
    return {**data, **changes}


def open_and_save(client: Client, url: str, **changes: Any) -> HttpResponse:
    """Open a form, change these fields and send it; the page that follows."""
    page: Any = client.get(url)
    saved: Any = client.post(url, filled(page, **changes), follow=True)
    answer: HttpResponse = saved
    return answer


ANSWERS = {"note": "Add a page.", "reason": "It was a duplicate."}


def make_move(client: Client, record: Record, move: str, **answers: Any) -> Any:
    """Send the page of a move (submit, publish, send-back, withdraw) with every answer that one asks for."""
    data = {"opened_revision": record.revision, **ANSWERS, **answers}
    return client.post(address(type(record), move, record.pk), data, follow=True)


def said(response: Any) -> str:
    """Everything that the page tells its reader in messages, as one text."""
    context: Any = response.context
    return "\n".join(str(message) for message in context["messages"])


def errors(response: Any) -> str:
    """Every error of a form page, those of its rows included, as one text."""
    context: Any = response.context
    assert response.status_code == 200
    return unescape("\n".join(str(text) for text in context["errors"]))
