"""The OpenAPI description, written from the same declarations as the answers: fields, filters, options, dimensions."""

from __future__ import annotations

from typing import Any

from django import forms
from drf_spectacular.openapi import AutoSchema

from public.engine.fields import Child, Kind, PublicField, public_fields
from public.engine.knowledge import KNOWN_AT
from public.engine.noun import Noun
from public.engine.parameters import DATE, Parameter, Schema, parameters_of
from public.engine.serializers import field_keys
from public.nouns import NOUNS

TEXT: Schema = {"type": "string"}
LINK: Schema = {"type": "string", "format": "uri"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DECIMAL: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
SLUG = r"^[-a-zA-Z0-9_]+$"


class DeclaredSchema(AutoSchema):
    """Describes a view by the operation that the view itself declares."""

    def get_operation(self, *_args: Any, **_kwargs: Any) -> Schema | None:
        operation: Schema | None = getattr(self.view, "operation", None)
        return operation


def nullable(schema: Schema) -> Schema:
    """The schema of a value that may be unknown."""
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    widened = {**schema, "type": [schema["type"], "null"]}
    return {**widened, "enum": [*schema["enum"], None]} if "enum" in schema else widened


def ref(name: str) -> Schema:
    """A component by name."""
    return {"$ref": f"#/components/schemas/{name}"}


def record_name(noun: Noun, *, detail: bool) -> str:
    """The name of the component that describes a record."""
    return f"{noun.model.__name__}Detail" if detail else noun.model.__name__


def answer(description: str, schema: Schema, **more: Schema) -> Schema:
    """A response with its content as JSON; `more` are the schemas of other media types, with _ for /."""
    content = {"application/json": {"schema": schema}}
    content |= {media.replace("_", "/"): {"schema": other} for media, other in more.items()}
    return {"description": description, "content": content}


def operation(
    name: str, summary: str, description: str, tag: str, parameters: list[Schema], success: Schema, *errors: int
) -> Schema:
    """One GET with its parameters, its answer and the problems it may meet."""
    reasons = {
        400: "A parameter cannot be obeyed.",
        404: "Nothing is published at this address.",
        406: "The answer has none of the media types accepted.",
        410: "What was published here was withdrawn.",
        503: "Other past states of the record are being prepared just now; come again after `Retry-After` seconds.",
    }
    problems = {
        str(status): {
            "description": reasons[status],
            "content": {"application/problem+json": {"schema": ref("Problem")}},
        }
        for status in sorted({400, 406, 503, *errors})
    }
    return {
        "operationId": name,
        "summary": summary,
        "description": description,
        "tags": [tag],
        "parameters": [*parameters, {"$ref": f"#/components/parameters/{KNOWN_AT}"}],
        "responses": {
            "200": success,
            "304": {"description": "Unchanged since the answer with this ETag."},
            **problems,
        },
    }


def filter_parameters(noun: Noun) -> dict[str, Schema]:
    """The parameters of a noun's filters, by the names of their components."""
    return {f"{noun.name}.{name}": parameter(name, used.field) for name, used in noun.filterset.base_filters.items()}


def filter_references(noun: Noun) -> list[Schema]:
    """The same as an operation names them."""
    return [{"$ref": f"#/components/parameters/{name}"} for name in filter_parameters(noun)]


def form_parameters(form: forms.Form) -> list[Schema]:
    """The parameters of a form."""
    return [parameter(name, field) for name, field in parameters_of(form).items()]


def parameter(name: str, field: Parameter) -> Schema:
    """One parameter of a query string."""
    described: Schema = {"name": name, "in": "query", "description": str(field.help_text)}
    if field.required:
        described["required"] = True
    schema = field.schema
    if schema["type"] == "array":
        described |= {"style": "form", "explode": False}
    return {**described, "schema": schema}


def record_schema(noun: Noun, *, detail: bool) -> Schema:
    """A record of a noun. No key is required, because `fields=` may leave any out."""
    properties: Schema = {
        "slug": {"type": "string", "pattern": SLUG, "description": "Readable identifier, which never changes."},
        "url": {**LINK, "description": "The record's page."},
        "api_url": {**LINK, "description": "The record in this API."},
        **field_properties(noun.fields),
    }
    if detail:
        properties |= {child.name: {"type": "array", "items": _child_schema(child)} for child in noun.children}
    if noun.cited:
        properties["disputed"] = {
            "type": "array",
            "items": TEXT,
            "description": "Fields that one of the sources contradicts; `record` for the record as a whole.",
        }
    properties |= {
        "revision": {**COUNT, "description": "Revision of the record that is published."},
        "published_at": {**MOMENT, "description": "When the record was first published."},
        "updated_at": {**MOMENT, "description": "When this revision was published."},
    }
    return obj(properties, required=())


def field_properties(fields: tuple[PublicField, ...]) -> Schema:
    """The properties of declared fields; a choice has its label beside its code."""
    properties: Schema = {}
    for field in fields:
        schema = field_schema(field)
        properties[field.key] = schema if "$ref" in str(schema) else {**schema, "description": field.help_text}
        for label in field_keys(field)[1:]:
            properties[label] = {**nullable(TEXT), "description": f"{field.label}, in words."}
    return properties


def field_schema(field: PublicField) -> Schema:
    """The schema of a field's value."""
    reference = ref("JurisdictionReference" if field.target == "jurisdictions" else "Reference")
    schemas: dict[Kind, Schema] = {
        Kind.TEXT: TEXT,
        Kind.PROSE: TEXT,
        Kind.CHOICE: nullable({"type": "string", "enum": [code for code, _ in field.choices]}),
        Kind.DATE: nullable(DATE),
        Kind.INTEGER: nullable({"type": "integer"}),
        Kind.DECIMAL: nullable(DECIMAL),
        Kind.LINK: nullable(TEXT),
        Kind.REFERENCE: nullable(reference),
        Kind.REFERENCES: {"type": "array", "items": reference},
    }
    return schemas[field.kind]


def _child_schema(child: Child) -> Schema:
    properties = field_properties(child.fields)
    if child.name == "citations":
        source = {**field_properties(public_fields(NOUNS["sources"].model)), "slug": TEXT, "name": TEXT}
        properties["source"] = obj({**source, "url": LINK, "api_url": LINK}, required=("slug",))
    return obj(properties)


def list_schema(items: Schema) -> Schema:
    """One page of a list."""
    return obj(
        {
            "count": {**COUNT, "description": "Number of records in all."},
            "next": {**nullable(LINK), "description": "The next page."},
            "previous": {**nullable(LINK), "description": "The previous page."},
            "results": {"type": "array", "items": items},
        }
    )


def obj(properties: Schema, *, required: tuple[str, ...] | None = None) -> Schema:
    """The schema of an object with these properties and no others, all of them required unless some are named."""
    needed = list(properties if required is None else required)
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": needed} if needed else schema
