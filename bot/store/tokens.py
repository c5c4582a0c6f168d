"""Secrets that open something: random, handed out once, and stored as their SHA-256 alone."""

from hashlib import sha256
from secrets import token_urlsafe

TOKEN_BYTES = 24
"""Random bytes of a token: nobody guesses one (product rules, the pages)."""


def make() -> str:
    """Return a new token, of letters that an address can hold."""
    return token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return what is stored in the place of a token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
