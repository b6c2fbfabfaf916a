"""What the product is measured beside: the same records by Django REST framework as its manual has it, and by raw SQL.

Both serve the edition that PUBLISHED_DATABASE_URL names, with the fields of the product's own answers, at the same
addresses under `/letters/`, `/grants/` and `/sums/`: `bench.peers:vanilla` and `bench.peers:raw` are WSGI applications.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import django_filters
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.db.models import Count, Model, Sum
from django.urls import path
from django.utils import timezone
from rest_framework import generics, pagination, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from jurisdictions.models import Jurisdiction
from nouns.databases import PUBLISHED
from tracker.models import GrantAward, Letter

PAGE = 50
REFERENCES = {
    "letters": ("batch", "sender_agency", "jurisdiction", "recipient_agency"),
    "grants": ("program", "jurisdiction"),
}


def reference(target: Any) -> dict[str, Any] | None:
    """A record that another one points to, with the keys of the product's answers."""
    if target is None:
        return None
    page = f"https://tracker.example/{target.NOUN}/{target.slug}/"
    found = {"slug": target.slug, "name": str(target), "url": page, "api_url": page}
    if isinstance(target, Jurisdiction):
        place = {name: getattr(target, name) for name in ("full_name", "kind", "state", "geoid")}
        return {**found, **place}
    return found


class Reference(serializers.Field[Any, Any, Any, Any]):
    """One of them."""

    def to_representation(self, value: Any) -> Any:
        return reference(value)


class References(serializers.Field[Any, Any, Any, Any]):
    """Several of them."""

    def to_representation(self, value: Any) -> Any:
        return [reference(each) for each in value.all()]


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """A letter in a list."""

    batch, sender_agency, jurisdiction, recipient_agency = Reference(), Reference(), Reference(), Reference()
    legal_authorities, cited_awards = References(), References()
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Letter
        fields = ("slug", *Letter.PUBLIC_FIELDS, "standing", "revision", "published_at", "updated_at")

    def get_standing(self, letter: Letter) -> str:
        """From its events, each time."""
        today = timezone.localdate().isoformat()
        standing = "awaiting"
        for event in letter.events.all():
            if event.on <= today:
                standing = event.outcome or {"response": "answered"}.get(event.kind, standing)
        return standing


class AwardSerializer(serializers.ModelSerializer[GrantAward]):
    """An award in a list."""

    program, jurisdiction = Reference(), Reference()
    amount_kind_label = serializers.CharField(source="get_amount_kind_display")

    class Meta:
        model = GrantAward
        fields = ("slug", *GrantAward.PUBLIC_FIELDS, "amount_kind_label", "revision", "published_at", "updated_at")


class Pages(pagination.PageNumberPagination):
    """Numbered pages."""

    page_size = PAGE


class AwardFilters(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types.
    """Filters of awards."""

    amount_min = django_filters.NumberFilter("amount", lookup_expr="gte")

    class Meta:
        model = GrantAward
        fields = ("state", "fiscal_year", "amount_kind")


class LetterList(generics.ListAPIView[Letter]):
    """Letters."""

    serializer_class, pagination_class = LetterSerializer, Pages
    filter_backends = [django_filters.rest_framework.DjangoFilterBackend]
    filterset_fields = ("state",)
    queryset = (
        Letter.edition.select_related(*REFERENCES["letters"])
        .prefetch_related("legal_authorities", "cited_awards", "events")
        .order_by("-sent_on", "recipient_as_written", "-pk")
    )


class LetterDetail(generics.RetrieveAPIView[Letter]):
    """One letter."""

    serializer_class, lookup_field, queryset = LetterSerializer, "slug", LetterList.queryset


class AwardList(generics.ListAPIView[GrantAward]):
    """Awards."""

    serializer_class, pagination_class = AwardSerializer, Pages
    filter_backends = [django_filters.rest_framework.DjangoFilterBackend]
    filterset_class = AwardFilters
    queryset = GrantAward.edition.select_related(*REFERENCES["grants"]).order_by(
        "-fiscal_year", "recipient_as_written", "-pk"
    )


class Sums(APIView):
    """Awards by state and year."""

    def get(self, request: Any) -> Response:
        """Counts and sums."""
        rows = GrantAward.edition.order_by("state", "fiscal_year").values("state", "fiscal_year")
        return Response(list(rows.annotate(count=Count("pk"), amount=Sum("amount"))))


class _Addresses:
    urlpatterns = [
        path("letters/", LetterList.as_view()),
        path("letters/<slug:slug>/", LetterDetail.as_view()),
        path("grants/", AwardList.as_view()),
        path("sums/", Sums.as_view()),
    ]


def vanilla_application() -> Callable[..., Any]:
    """Django with its own middleware for requests and nothing of the product's in front of the views."""
    settings.ROOT_URLCONF, settings.MIDDLEWARE = _Addresses, ["django.middleware.common.CommonMiddleware"]
    return WSGIHandler()


def raw(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One statement, its rows as dictionaries, and `json.dumps`."""
    asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    kind, _, slug = environ["PATH_INFO"].strip("/").partition("/")
    with connections[PUBLISHED].cursor() as cursor:
        cursor.execute(*_statement(kind, slug, asked))
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    body = json.dumps(rows, default=str, ensure_ascii=False).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _statement(kind: str, slug: str, asked: dict[str, str]) -> tuple[str, list[Any]]:
    if kind == "sums":
        return (
            "SELECT state, fiscal_year, count(*), sum(amount) FROM tracker_grantaward GROUP BY 1, 2 ORDER BY 1, 2",
            [],
        )
    model: type[Model] = {"letters": Letter, "grants": GrantAward}[kind]
    table, order = model._meta.db_table, {"letters": "sent_on", "grants": "fiscal_year"}[kind]
    conditions = ["slug = %s"] if slug else [f"{name} = %s" for name in asked if name in {"state", "fiscal_year"}]
    params: list[Any] = [slug] if slug else [asked[name] for name in asked if name in {"state", "fiscal_year"}]
    if "amount_min" in asked:
        conditions.append("amount >= %s AND amount_kind = %s")
        params += [asked["amount_min"], asked["amount_kind"]]
    if "after" in asked:
        conditions.append(f"({order}, recipient_as_written) < (%s, '')")
        params.append(asked["after"])
    joined = " ".join(
        f"LEFT JOIN LATERAL (SELECT to_jsonb(target) AS {name} FROM (SELECT * FROM {_table(model, name)} found"
        f" WHERE found.id = page.{name}_id) target) {name} ON true"
        for name in REFERENCES[kind]
    )
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    page = f"SELECT * FROM {table} {where} ORDER BY {order} DESC, recipient_as_written, id DESC LIMIT {PAGE}"
    return f"SELECT page.*, {', '.join(REFERENCES[kind])} FROM ({page}) page {joined}", params


def _table(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    table: str = field.related_model._meta.db_table
    return table


vanilla = vanilla_application()
