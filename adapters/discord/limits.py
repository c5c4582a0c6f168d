"""The limits of Discord, beyond which it refuses a call, and how long the adapter waits for what."""

from msgspec import Struct

# Commands: names and texts in characters, all else in counts
DESCRIPTION = 100
COMMANDS = 100
SUBCOMMANDS = 25
OPTIONS = 25
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
OPTION_LENGTH = 6000
NOTE = 1000
"""Characters of a message that is logged as what was learned."""

# Messages: texts in characters, all else in counts
CONTENT = 2000
EMBED = 4096
PARTS = 3900
"""Of all texts of a message of parts: Discord takes 4,000, of which a line above them may need some."""

PARTS_BYTES = 10_000
"""Bytes of the same texts, a little beyond which Discord answers 500."""

PICTURES = 3
"""Pictures of a message; with all its texts and buttons it has at most 40 parts then."""

TITLE = 256
ALT = 1024
ROWS = 5
BUTTONS_IN_ROW = 5
LABEL = 80
CUSTOM_ID = 100
NONCE = 25

# Forms: texts in characters, all else in counts
FORM_TITLE = 45
INPUTS = 5
INPUT_LABEL = 45
INPUT_DESCRIPTION = 100
PLACEHOLDER = 100
PICK_PLACEHOLDER = 150
INPUT = 4000
PICKS = 25
PICK = 100

# Files
ATTACHMENT_BYTES = 10 * 1024 * 1024
"""The most that a file which goes out may have where an interaction does not say."""

# Reading back
PAGE_MESSAGES = 100
NEWEST_PAGES = 3
WINDOW_PAGES = 10
"""Pages of the newest messages, and of those since the time at which a post was sent first."""

NONCE_SECONDS = 120.0
"""For so long Discord surely drops a second message of the same nonce; it remembers some minutes of them."""

# In memory
UNCONFIRMED_ANSWERS = 1000
"""Answers that did not get through, held for each member's next command."""

DIRECT_CHANNELS = 10_000
"""Members whose channel of direct messages is known by heart."""

FROZEN_SERVERS = 100
"""Servers from which on their data are left out of garbage collections."""

# Calls
KEEP_ALIVE_SECONDS = 60.0
"""For so long an idle connection to Discord is held, for a new one costs a handshake before the answer."""

RETRY_WAITS_SECONDS = (0.5, 2.0)
"""The pauses before an answer that met an error of Discord's own is sent again."""

CALL_TIMEOUT_SECONDS = 30.0
"""After so long a call that answers an interaction is given up."""

RATE_LIMIT_SECONDS = 30.0
"""The longest rate limit that a call waits for, and the least that discord.py takes; beyond it a post goes back to the
outbox."""


class Timing(Struct, frozen=True):
    """All waits, in seconds: a parameter, so that tests need not wait for them.

    An interaction must be answered within three seconds, and can be for fifteen minutes once it was deferred. Sessions
    that are begun in one bucket must be five seconds apart, by Discord's clock: `identify_apart`.
    """

    defer_after: float = 1.5
    form_within: float = 2.4
    suggest_within: float = 2.5
    post_within: float = 25.0
    first_login_wait: float = 1.0
    longest_login_wait: float = 300.0
    identify_wait: float = 5.0
    longest_identify_wait: float = 300.0
    identify_memory: float = 600.0
    identify_apart: float = 6.0
    watch_every: float = 15.0
    silent_for: float = 150.0
    heartbeat_timeout: float = 60.0
    guild_ready: float = 2.0
    close_within: float = 5.0
    leaves_within: float = 2.0
    lives_well_after: float = 60.0
    leavers_every: float = 600.0
    leavers_pause: float = 1.0
