"""Indexes by which the staff's site finds records by any part of a word, and which models cannot declare.

PostgreSQL alone has them, in the record alone: three letters in a row lead to the rows that have them. SQLite reads the
whole table. The initial migration makes them; once there is a release, a change here is a migration of its own.
`desk.admin` searches these columns; a test holds that its plans use them.
"""

from __future__ import annotations

from typing import Any

SEARCHED = {
    "jurisdictions_jurisdiction": ("name", "full_name", "slug", "state", "geoid"),
    "jurisdictions_jurisdictionname": ("name",),
    "tracker_letter": ("recipient_as_written", "addressee", "slug", "sent_on"),
    "tracker_grantaward": ("recipient_as_written", "award_id", "award_id_normalised", "slug"),
    "tracker_policy": ("title", "citation", "slug"),
    "tracker_source": ("title", "publisher", "author", "url", "slug", "extracted_text"),
}
"""The columns of each large table that are searched. One index holds them all, which costs less than one of each."""


def create(_apps: Any, schema_editor: Any) -> None:
    """Make them, as a migration's operation."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for table, columns in SEARCHED.items():
        searched = ", ".join(f"upper({column}::text) gin_trgm_ops" for column in columns)
        schema_editor.execute(f"CREATE INDEX {table}_searched ON {table} USING gin ({searched})")


def drop(_apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    if schema_editor.connection.vendor == "postgresql":
        for table in SEARCHED:
            schema_editor.execute(f"DROP INDEX {table}_searched")
