"""Where the list of places comes from: a script and the tables that it reads."""
