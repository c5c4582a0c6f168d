"""What is taken from anybody on the internet, and how much of it."""

from bot.domain.allowance import Rate

BODY_BYTES = 64 * 1024
"""Of a form: a check-in's note has 1,000 characters, and each may take 12 bytes."""

MOST_FIELDS = 60
MOST_CONNECTIONS = 400
HEAD_SECONDS = 10.0
BODY_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 60.0
LEAVE_SECONDS = 2.0
"""For requests under way, when the program stops."""

LISTEN_RETRY_SECONDS = 5.0
"""Until an address that another process has is tried again."""

ADDRESSES_REMEMBERED = 10_000
REQUESTS_OF_ADDRESS = Rate("requests of an address", 300, 10.0)
"""A whole group may sit behind one address."""

SIGN_INS_OF_ADDRESS = Rate("sign-ins of an address", 30, 0.5)
"""Guessing 24 random bytes is hopeless at any rate; this keeps the database out of it."""

PROVIDER_SECONDS = 10.0
"""For Discord or Slack to say who signs in."""

PROVIDER_BYTES = 256 * 1024
TOKEN_LEEWAY_SECONDS = 60
"""By so much the clock of a provider may differ from ours."""

STATE_SECONDS = 600
"""The time that signing in at Discord or Slack may take."""

LONG_COOKIE_SECONDS = 30 * 24 * 3600
FEED_COOKIE_SECONDS = 60
MOST_ID_DIGITS = 15
MOST_TOKEN_CHARACTERS = 100
"""Of anything that claims to be a token."""
