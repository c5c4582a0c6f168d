"""Pure values and rules: no clock, no I/O, standard library only."""
