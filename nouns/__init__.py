"""The ground: what makes a noun publishable, whatever it is about."""
