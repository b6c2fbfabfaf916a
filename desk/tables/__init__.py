"""Tables in and out: a spreadsheet of the staff becomes drafts, and a list of the record becomes a spreadsheet."""
