"""The pages: the first one, a list and a record per noun, search, and the words about it all."""
