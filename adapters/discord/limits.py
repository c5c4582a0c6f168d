"""What Discord takes, in characters and counts, and how long things may last: more is refused, or comes too late."""

from dataclasses import dataclass

# Commands
NAME = 32
DESCRIPTION = 100
COMMANDS = 100
SUBCOMMANDS = 25
OPTIONS = 25
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
OPTION_LENGTH = 6000

# Messages
EMBEDS = 10
EMBED = 6000
TITLE = 256
TEXT = 4096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
ALT = 1024
ROWS = 5
BUTTONS_IN_ROW = 5
LABEL = 80
CUSTOM_ID = 100
NONCE = 25
ATTACHMENT = 10 * 1024 * 1024
"""Bytes of a file that goes out, where an interaction does not say how many."""
UPLOAD = 10 * 1024 * 1024
"""Bytes of a file that comes in; what a time tracker exports of many years has a fraction of them."""

# Forms
FORM_TITLE = 45
INPUTS = 5
INPUT_LABEL = 45
INPUT_DESCRIPTION = 100
PLACEHOLDER = 100
PICK_PLACEHOLDER = 150
INPUT = 4000
PICKS = 25
PICK = 100

# Reading back
PAGE = 100
PAGES = 3

# What is remembered in between
UNHEARD = 1000
"""Answers that did not get through, kept for the member's next command."""
FORM_DRAFTS = 256
FORM_KEPT = 15 * 60.0
"""Seconds for which a form with wrong values can be opened again."""

DIRECT = 10_000
"""Direct messages whose channel is remembered."""

MANY_SERVERS = 100
"""From so many servers on, what is known of them is taken out of garbage collection."""

KEEP_OPEN = 60.0
"""Seconds for which an idle connection to Discord is kept, for a new one costs a handshake before the answer."""
CALL_AGAIN = (0.5, 2.0)
"""Seconds after which an answer that met an error of Discord's own is sent again."""
CALL_WITHIN = 30.0
"""Seconds after which a call that answers an interaction is given up."""

RATE_LIMIT = 30.0
"""Seconds of rate limit that are waited for inside a call; a longer one sends the post back to the outbox. The least
that discord.py takes."""


@dataclass(frozen=True, slots=True)
class Timing:
    """All waits, in seconds: handed in, so that tests need not wait for them.

    An interaction must be answered within three seconds, and can be for fifteen minutes once it was deferred.
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
    watch_every: float = 15.0
    silent_for: float = 150.0
    heartbeat_timeout: float = 60.0
    guild_ready: float = 2.0
    close_within: float = 5.0
    leaves_within: float = 2.0
    lives_well_after: float = 60.0
