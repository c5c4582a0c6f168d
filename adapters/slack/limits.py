"""What Slack takes, in characters and counts, and how long things may last, in seconds: exceeded, a call is refused."""

# Blocks
BLOCKS = 50
VIEW_BLOCKS = 100
HEADER = 150
SECTION = 3000
FIELDS = 10
FIELD = 2000
CONTEXT = 2000
ALT = 2000
ALT_OF_FILE = 1000
ACTIONS = 25
LABEL = 75
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLES = 1
TABLE_LETTERS = 6000
"""Slack takes 10,000 in all cells of a message, but little more in all its blocks."""
LETTERS = 12_000
"""Of all blocks of a message: a little beyond it is `msg_blocks_too_long`, as its users found out."""
FALLBACK = 3000

# Forms
VIEW_LETTERS = 100_000
"""Slack takes a view of 250 kB."""
VIEW_TITLE = 24
METADATA = 3000
INPUT_LABEL = 2000
INPUT_HINT = 2000
PLACEHOLDER = 150
INPUT = 3000
UPLOAD = 10 * 1024 * 1024
"""Bytes of a file in a form; Slack takes no more either."""
NOTE = 1000
"""Characters of a message that is logged as what was learned."""
CHOICES = 100
CHOICE = 75
ERROR = 500

# The manifest
APP_NAME = 35
APP_DESCRIPTION = 140
SLASHES = 50
SLASH = 32
SLASH_DESCRIPTION = 2000
SLASH_HINT = 1000
SHORTCUTS = 10
SHORTCUT_NAME = 24
SHORTCUT_DESCRIPTION = 150
CALLBACK = 255

# Seconds
ANSWER_WITHIN = 2.0
"""An acknowledgement must be there after three; the rest is for the way."""
PROFILE_WITHIN = 0.8
PROFILE_KEPT = 600.0
PROFILES = 20_000
CALL_WITHIN = 10.0
PICTURE_WAITS = (0.0, 1.0, 2.0)
"""Slack needs about a second until an uploaded file can be shown, and refuses it before."""
POST_INTERVAL_SECONDS = 1.0
"""Slack takes about one message a second for each channel."""
LOGIN_WAITS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
STATE_KEPT = 600
CLOSE_WITHIN = 5.0
PING_EVERY = 10.0

# Read-back
HISTORY_PAGE = 100
HISTORY_PAGES = 3
