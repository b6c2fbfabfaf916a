"""What searches the edition's entries and models cannot declare: full-text tables, kept by the database itself.

Whatever adds or removes an entry keeps its index. The record has no such index, because its search entries stay empty.
The initial migration makes it; once there is a release, a change here is a migration of its own.
"""

from __future__ import annotations

from typing import Any

# PostgreSQL: a generated column, in which accents and punctuation are gone, so that both databases find the same words
# (see `folded` in public.search.query, which spells queries alike). `left` keeps the longest texts below the
# size at which PostgreSQL refuses a tsvector.
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    r"""
    ALTER TABLE tracker_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', regexp_replace(
            regexp_replace(normalize(title, NFKD), '[\u0300-\u036f]', '', 'g'),
            '[\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g')), 'A')
        || setweight(to_tsvector('english', regexp_replace(
            regexp_replace(normalize(left(body, 200000), NFKD), '[\u0300-\u036f]', '', 'g'),
            '[\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g')), 'B')
    ) STORED
    """,
    "CREATE INDEX searchentry_document ON tracker_searchentry USING gin (document)",
    "CREATE INDEX searchentry_trigrams ON tracker_searchentry USING gin (title gin_trgm_ops, body gin_trgm_ops)",
)
POSTGRESQL_BACK = (
    "DROP INDEX searchentry_trigrams",
    "ALTER TABLE tracker_searchentry DROP COLUMN document",
)

# SQLite: an FTS5 table that keeps no text of its own, and its list of words for mending misspelt ones. Rebuilding
# tracker_searchentry, as Django does to alter a table there, drops these triggers: such a migration makes them anew.
SQLITE = (
    """
    CREATE VIRTUAL TABLE tracker_searchentry_fts USING fts5(
        title, body, content='tracker_searchentry', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    "CREATE VIRTUAL TABLE tracker_searchentry_words USING fts5vocab(tracker_searchentry_fts, row)",
    """
    CREATE TRIGGER tracker_searchentry_added AFTER INSERT ON tracker_searchentry BEGIN
        INSERT INTO tracker_searchentry_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
    END
    """,
    """
    CREATE TRIGGER tracker_searchentry_removed AFTER DELETE ON tracker_searchentry BEGIN
        INSERT INTO tracker_searchentry_fts(tracker_searchentry_fts, rowid, title, body)
            VALUES ('delete', old.id, old.title, old.body);
    END
    """,
    """
    CREATE TRIGGER tracker_searchentry_changed AFTER UPDATE ON tracker_searchentry BEGIN
        INSERT INTO tracker_searchentry_fts(tracker_searchentry_fts, rowid, title, body)
            VALUES ('delete', old.id, old.title, old.body);
        INSERT INTO tracker_searchentry_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
    END
    """,
    "INSERT INTO tracker_searchentry_fts(tracker_searchentry_fts) VALUES ('rebuild')",
)
SQLITE_BACK = (
    "DROP TRIGGER tracker_searchentry_changed",
    "DROP TRIGGER tracker_searchentry_removed",
    "DROP TRIGGER tracker_searchentry_added",
    "DROP TABLE tracker_searchentry_words",
    "DROP TABLE tracker_searchentry_fts",
)
STATEMENTS = {"postgresql": (POSTGRESQL, POSTGRESQL_BACK), "sqlite": (SQLITE, SQLITE_BACK)}


def create(_apps: Any, schema_editor: Any) -> None:
    """Make them in the database that the editor alters, as a migration's operation."""
    for statement in STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def drop(_apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    for statement in STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)
