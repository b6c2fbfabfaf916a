"""The pages of the staff's site. Importing it registers every noun and every page of the desk there."""

from desk.admin import (
    account_admin,
    background_work,
    federal_admin,
    grant_admin,
    import_pages,
    lawsuit_admin,
    letter_admin,
    my_deadlines,
    other_nouns,
    place_admin,
    policy_admin,
    publication_admin,
    report_admin,
    source_admin,
    statement_admin,
)

__all__ = [
    "account_admin",
    "background_work",
    "federal_admin",
    "grant_admin",
    "import_pages",
    "lawsuit_admin",
    "letter_admin",
    "my_deadlines",
    "other_nouns",
    "place_admin",
    "policy_admin",
    "publication_admin",
    "report_admin",
    "source_admin",
    "statement_admin",
]

other_nouns.register()
