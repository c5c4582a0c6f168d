"""What fits on a screen, and how much of the past stays within reach."""

WIDTH_COLUMNS = 80
CARDS = 1_000
"""Cards whose buttons can still be pressed; older ones have scrolled away."""

OPEN_FORMS = 100
NAMED_LABELS = 12
"""Button labels that an error names."""

LONGEST_SPAN_YEARS = 50
"""How far ahead the clock may be moved at once."""

BAR_COLUMNS = 24
NARROWEST_BAR_COLUMNS = 8
NAME_COLUMNS = 16
READ_BYTES = 65_536
FILE_BYTES = 16 * 1024 * 1024
