"""OUT for whoever takes everything: the whole edition as files, built in the background and published at once.

A snapshot is a folder named for the state of the edition that it was made from, with the same rows in three forms: CSV
tables with a Frictionless data package, one SQLite file, and JSON lines. `current` names the one that is offered.
"""
