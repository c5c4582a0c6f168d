"""Slack's limits, in characters (…_LENGTH), counts and bytes, beyond which it refuses, and the adapter's own waits."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

# Blocks
BLOCK_COUNT = 50
VIEW_BLOCK_COUNT = 100
HEADER_LENGTH = 150
SECTION_LENGTH = 3000
FIELD_COUNT = 10
FIELD_LENGTH = 2000
CONTEXT_LENGTH = 2000
ALT_LENGTH = 2000
FILE_ALT_LENGTH = 1000
BUTTON_COUNT = 25
LABEL_LENGTH = 75
MENU_COUNT = 25
"""Choices of a menu on a card: Slack takes 100, but counts their words with those of the message."""

TABLE_COUNT = 1
TABLE_ROW_COUNT = 100
TABLE_COLUMN_COUNT = 20
TABLE_LENGTH = 6000
"""Characters of all cells of a message. Slack takes 10,000, but little more in all its blocks."""

MESSAGE_LENGTH = 12_000
"""Characters of all blocks of a message: a little beyond it is `msg_blocks_too_long`, as its users found out."""

FALLBACK_LENGTH = 300
"""Characters of a push notice, which shows fewer."""


# Forms
VIEW_LENGTH = 100_000
"""Characters of a view, of which Slack takes 250 kB."""

VIEW_TITLE_LENGTH = 24
METADATA_LENGTH = 3000
INPUT_LABEL_LENGTH = 2000
INPUT_HINT_LENGTH = 2000
PLACEHOLDER_LENGTH = 150
INPUT_LENGTH = 3000
CHOICE_COUNT = 100
CHOICE_LENGTH = 75
ERROR_LENGTH = 500
NOTE_LENGTH = 1000
"""Characters of a message that is logged as what was learned."""

CHANNEL_PAGE = 999
CHANNEL_PAGES = 5
"""Pages of a workspace's public channels that are looked through for a name; each is a call."""

# The manifest
APP_NAME_LENGTH = 35
APP_DESCRIPTION_LENGTH = 140
SLASH_COUNT = 50
SLASH_LENGTH = 32
SLASH_DESCRIPTION_LENGTH = 2000
SLASH_HINT_LENGTH = 1000
SHORTCUT_COUNT = 10
SHORTCUT_NAME_LENGTH = 24
SHORTCUT_DESCRIPTION_LENGTH = 150
CALLBACK_LENGTH = 255

# Waits
CALL_TIMEOUT_SECONDS = 10.0
CONNECT_SECONDS = 5.0
RECONNECT_SECONDS = 1.0
"""Until a connection that broke is noticed: Slack's own client takes up to ten."""

LOGIN_RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Waits before Slack is asked again for an identity or an address; the last one is repeated."""

PICTURE_RETRY_SECONDS = (0.0, 1.0, 2.0)
"""Waits before a message with a file is sent: about a second passes until Slack no longer refuses it."""

NAME_TIMEOUT_SECONDS = 0.8
"""The time that the name of a private channel may take, of the three seconds until an answer."""

RESPONSE_URL_SECONDS = 29 * 60
RESPONSE_URL_USES = 5
"""A response URL is good for half an hour and five messages; after that the answer takes another way at once."""

PROFILE_LIFETIME_SECONDS = 600.0
PUBLIC_CHANNELS_SHOWN = 25
"""Channels with a group that are looked up for somebody who opens the App Home for the first time; each is a call."""

PUBLIC_CHANNELS_REMEMBERED = 2_000
STATE_LIFETIME_SECONDS = 600
"""The time that an installation may take."""

# HTTP, where anybody may ask
BODY_BYTES = 1024 * 1024
MOST_CONNECTIONS = 200
KEEP_ALIVE_SECONDS = 60.0
SIGNATURE_LIFETIME_SECONDS = 300
INSTALLERS_REMEMBERED = 1000
"""Addresses whose installations are counted."""

# Read-back
HISTORY_PAGE_SIZE = 100
NEWEST_PAGE_COUNT = 3
WINDOW_PAGE_COUNT = 10
"""Pages of the newest messages, and of those since the time at which a post was sent first."""

TOKEN_REMEMBERED_SECONDS = 60.0
"""The time after which the token of an installation is read again: another process may have taken in a new one."""

# What is remembered, by count
CHANNELS_REMEMBERED = 10_000
CLIENTS_REMEMBERED = 1000
DIRECT_CHANNELS_REMEMBERED = 10_000
HOMES_REMEMBERED = 10_000
PICTURES_REMEMBERED = 500
PROFILES_REMEMBERED = 20_000
RESPONSE_URLS_REMEMBERED = 10_000
SENT_FILES_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Timing:
    """Waits in seconds, and the clocks that they are measured by: handed in, so that tests need not wait.

    Slack waits three seconds for an acknowledgement; `answer_timeout` leaves the rest for the way. It takes about one
    message a second for each channel (`post_interval`). By HTTP, the head of a request, or the next request, has to
    come within `head_timeout`, and then its body within `body_timeout`.
    """

    answer_timeout: float = 2.0
    profile_timeout: float = 0.8
    post_interval: float = 1.0
    ping_interval: float = 10.0
    close_timeout: float = 5.0
    head_timeout: float = 10.0
    body_timeout: float = 5.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    seconds: Callable[[], float] = time.time
