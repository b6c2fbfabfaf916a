"""The map of the 56 states and territories: shapes baked by `make_shapes`, drawn on the server."""
