"""Who follows what, and the mails and calendars that tell them of deadlines."""
