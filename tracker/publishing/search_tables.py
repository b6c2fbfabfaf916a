"""What searches the edition's entries and models cannot declare: full-text tables, kept by the database itself.

Whatever adds or removes an entry keeps its index. The record has no such index, because its search entries stay empty.
The initial migration makes it; once there is a release, a change here is a migration of its own.
"""

from __future__ import annotations

from typing import Any

COUNTED = "^([^0-9]+|..?.?.?)$"
"""Words of PostgreSQL's index that are counted: no codes and long numbers, of which there are as many as records."""


def own_word(noun: str) -> str:
    """The word that every entry of a noun has in PostgreSQL's index, and that nobody can type."""
    return f"noun={noun}"


# PostgreSQL's list of words: each stem that entries of a noun hold, and how many hold it. It mends misspelt words, as
# SQLite's does, and tells a search which nouns are worth asking, and how. The count lets a word go with the last entry
# that holds it, so that nothing tells of a withdrawn record's words.
_STEMS = (
    "SELECT noun, lexeme, count(*) AS entries FROM {}, unnest(document) "
    f"WHERE lexeme ~ '{COUNTED}' GROUP BY noun, lexeme"
)
WORDS = (
    """
    CREATE TABLE tracker_searchentry_words (noun varchar(40), term text, doc bigint NOT NULL, PRIMARY KEY (term, noun))
    """,
    "CREATE INDEX searchentry_words_trigrams ON tracker_searchentry_words USING gin (term gin_trgm_ops)",
    f"""
    CREATE FUNCTION tracker_searchentry_count_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP IN ('DELETE', 'UPDATE') THEN
            WITH gone AS ({_STEMS.format("removed")}), last AS (
                DELETE FROM tracker_searchentry_words known USING gone
                    WHERE known.term = lexeme AND known.noun = gone.noun AND doc = entries
            ) UPDATE tracker_searchentry_words known SET doc = doc - entries FROM gone
                WHERE known.term = lexeme AND known.noun = gone.noun AND doc > entries;
        END IF;
        IF TG_OP IN ('INSERT', 'UPDATE') THEN
            INSERT INTO tracker_searchentry_words AS known (noun, term, doc) {_STEMS.format("added")}
                ON CONFLICT (term, noun) DO UPDATE SET doc = known.doc + excluded.doc;
        END IF;
        IF TG_OP = 'TRUNCATE' THEN
            TRUNCATE tracker_searchentry_words;
        END IF;
        RETURN NULL;
    END $$
    """,
    *(
        f"CREATE TRIGGER tracker_searchentry_{done} AFTER {event} ON tracker_searchentry {seen} "
        "EXECUTE FUNCTION tracker_searchentry_count_words()"
        for done, event, seen in (
            ("added", "INSERT", "REFERENCING NEW TABLE AS added FOR EACH STATEMENT"),
            ("removed", "DELETE", "REFERENCING OLD TABLE AS removed FOR EACH STATEMENT"),
            ("changed", "UPDATE", "REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT"),
            ("emptied", "TRUNCATE", "FOR EACH STATEMENT"),
        )
    ),
    f"INSERT INTO tracker_searchentry_words (noun, term, doc) {_STEMS.format('tracker_searchentry')}",
)

# PostgreSQL: a generated column, in which accents and punctuation are gone, so that both databases find the same words
# (see `folded` in public.search.query, which spells queries alike). `left` keeps the longest texts below the
# size at which PostgreSQL refuses a tsvector. The noun is a word of it too, one that nobody can type, so that the index
# alone knows which entries of a noun hold a word.
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
        || array_to_tsvector(ARRAY['noun=' || noun])
    ) STORED
    """,
    "CREATE INDEX searchentry_document ON tracker_searchentry USING gin (document)",
    *WORDS,
)
POSTGRESQL_BACK = (
    *(f"DROP TRIGGER tracker_searchentry_{done} ON tracker_searchentry" for done in ("added", "removed", "changed")),
    "DROP TRIGGER tracker_searchentry_emptied ON tracker_searchentry",
    "DROP FUNCTION tracker_searchentry_count_words",
    "DROP TABLE tracker_searchentry_words",
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
