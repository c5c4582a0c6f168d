"""`tenhours setup`: leads from nothing to a bot that runs, one step at a time."""
