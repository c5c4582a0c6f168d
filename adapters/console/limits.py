"""The size of a screen, and the part of the past that stays within reach."""

WIDTH_COLUMNS = 80
CARDS = 1_000
"""Cards whose buttons can still be pressed; older ones have scrolled away."""

OPEN_FORMS = 100
NAMED_LABELS = 12
"""Button labels that an error names."""

LONGEST_SPAN_YEARS = 50
"""The clock is moved no further ahead at once."""

BAR_COLUMNS = 24
NAME_COLUMNS = 16
READ_BYTES = 65_536
