"""IN from readers: what they report as mistaken, kept apart from the record, and what came of it.

Reports lie in a database of their own, `inbox`, in which the public process may insert and nothing more. It cannot read
a report back, so the staff's answer goes to the published database, where whoever holds the receipt finds it.
"""

INBOX = "inbox"
"""The alias of the database that holds reports."""
