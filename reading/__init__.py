"""What a letter or a press release says: rules of our own in plain Python. It knows no other room."""
