"""Pictures drawn on the server: each function turns what was selected into the data that a small template draws."""
