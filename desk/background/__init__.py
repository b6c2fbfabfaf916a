"""Work that no request waits for: tasks, checks of addresses, the nightly snapshot."""
