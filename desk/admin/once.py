"""A form that makes something makes it once, however often it is sent: by a double click, a reload, a slow line.

Each page that makes something is marked with `once`, says with `made` what it made, and holds `desk/
form_key.html`. The key is written in the same transaction as the record, so that of two requests at the same moment
the second waits for the first and is led to what it made.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from desk.admin.kept_files import BOX
from desk.intake.kept_uploads import keep
from desk.staff import staff
from nouns.databases import RECORD
from tracker.models import SentForm

KEY = "form_key"
KEPT = timedelta(days=7)
"""How long a spent key is remembered."""
Args = ParamSpec("Args")
AdminT = TypeVar("AdminT", bound=admin.ModelAdmin[Any])
View = Callable[Concatenate[AdminT, HttpRequest, Args], HttpResponse]


def new_key() -> str:
    """The key of a form that is shown now."""
    return secrets.token_urlsafe(16)


def made(request: HttpRequest, address: str) -> None:
    """Note that this request made something, which has this address."""
    request.made = address  # type: ignore[attr-defined]  # Read by `once`, which called the view.


def once(view: View[AdminT, Args]) -> View[AdminT, Args]:
    """Let a view of an admin make something only once for each form. A form without a key is not guarded."""

    @wraps(view)
    def guarded(site: AdminT, request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        key = request.POST.get(KEY, "") if request.method == "POST" else ""
        if not 0 < len(key) <= 32:
            return view(site, request, *args, **kwargs)
        with transaction.atomic(using=RECORD):
            # Two at the same moment meet at the unique key: the second one waits here until the first is stored.
            sent, is_first = SentForm.objects.get_or_create(key=key, defaults={"digest": _digest(request)})
            if not is_first:
                return _sent_before(site, request, sent)
            response = view(site, request, *args, **kwargs)
            if address := getattr(request, "made", ""):
                sent.address = address
                sent.save()
            else:
                sent.delete()
        return response

    return guarded


def forget_sent_forms(now: datetime) -> int:
    """Delete the keys that were spent so long ago that nobody sends their form again; return how many."""
    deleted, _ = SentForm.objects.filter(at__lt=now - KEPT).delete()
    return deleted


def _sent_before(site: admin.ModelAdmin[Any], request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Lead to what the form made. When other words were sent with its key, keep them and ask what to do with them."""
    if sent.digest == _digest(request):
        messages.info(request, "The form was sent twice. This is the one record that it made.")
        return redirect(sent.address)
    request.current_app = site.admin_site.name
    context = {
        **site.admin_site.each_context(request),
        "title": "This form was saved already",
        "opts": site.opts,
        "address": sent.address,
        "sent": [
            *((name, value) for name, value in _content(request) if name != "csrfmiddlewaretoken"),
            *((f"{name}{BOX}", keep(file, staff(request))) for name, file in _files(request)),
        ],
    }
    return TemplateResponse(request, "desk/sent_before.html", context)


def _content(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name != KEY for value in values]


def _files(request: HttpRequest) -> list[tuple[str, UploadedFile[bytes]]]:
    return [(name, file) for name, files in request.FILES.lists() for file in files]


def _digest(request: HttpRequest) -> str:
    """A checksum of what was typed and chosen; which button sent it, and the token against forgery, do not count."""
    typed = [pair for pair in _content(request) if not pair[0].startswith(("_", "csrf"))]
    files = [(name, file.name, file.size) for name, file in _files(request)]
    return hashlib.sha256(json.dumps([sorted(typed), files]).encode()).hexdigest()
