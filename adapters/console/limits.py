"""What fits on a screen, and how much of the past stays within reach."""

WIDTH = 80
CARDS = 1_000
"""Cards whose buttons can still be pressed; older ones have scrolled away."""
FORMS = 100
LABELS = 12
"""Button labels that an error names."""
YEARS = 50
"""How far ahead the clock may be moved at once."""
BAR = 24
LEAST_BAR = 8
NAME = 16
CHUNK = 65_536
FILE_BYTES = 16 * 1024 * 1024
