"""The staff's door to the record. Importing it registers every noun at the staff's site."""

from tracker.admin import accounts, federal, grant, imports, lawsuit, ledger, letter, places, policy, source, statement
from tracker.admin.staff_site import site

__all__ = [
    "accounts",
    "federal",
    "grant",
    "imports",
    "lawsuit",
    "ledger",
    "letter",
    "places",
    "policy",
    "site",
    "source",
    "statement",
]
