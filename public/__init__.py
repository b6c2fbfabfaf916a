"""The public's only door: every list, record, count, search and summary, read from the published edition alone.

Nothing here knows of HTTP beyond the parameters of a query string, and nothing here writes. The doors out (`api`,
`dashboard`) build on these modules and import nothing else of `tracker`.
"""
