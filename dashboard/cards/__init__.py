"""The pictures that a shared link shows, baked by a script that is kept here."""
