"""From a question in an address to its rows, or to the refusal of all that is wrong in it, alike for every noun."""
