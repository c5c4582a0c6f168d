"""Cards made from domain values: their words and the order of their blocks; nothing is decided here."""
