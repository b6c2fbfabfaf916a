"""Search over everything published, the same on both databases."""
