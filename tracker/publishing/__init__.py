"""From a reviewed revision to the ledger, and from the ledger to the published edition."""
