"""What is posted unasked: planned into the outbox by the clock, sent from there, never lost and never repeated."""
