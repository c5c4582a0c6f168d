"""Files of time trackers, from bytes to a table: text is read by the domain, other kinds by a library each."""
