"""What staff log: a mailing with its recipients, a letter from its document, and the files of forms until then."""
