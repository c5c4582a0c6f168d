"""Whether a form comes from a page of ours, and where somebody may be sent after it."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlsplit

SALT_BYTES = 9
SAME_ORIGIN = "same-origin"


def form_token(secret: str) -> str:
    """Return a token for the forms of one page: it proves that the page was made for whoever has `secret`.

    Each has a salt of its own, so that nobody can tell the token from the length of compressed pages.
    """
    salt = token_urlsafe(SALT_BYTES)
    return f"{salt}.{_sign(secret, salt)}"


def is_form_token(token: str, secret: str) -> bool:
    """Return True if a form's token was made for whoever has `secret`."""
    salt, dot, signature = token.partition(".")
    return bool(secret and salt and dot) and hmac.compare_digest(signature.encode(), _sign(secret, salt).encode())


def _sign(secret: str, salt: str) -> str:
    digest = hmac.digest(f"form {secret}".encode("utf-8", "replace"), salt.encode("utf-8", "replace"), sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")


def origin_of(url: str) -> str:
    """Return the origin of an address as browsers write it: without a port that goes without saying."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" if parts.port in (None, usual) else f"{parts.scheme}://{host}:{parts.port}"


def is_from_us(headers: Mapping[str, str], origin: str) -> bool:
    """Return True if a browser says that the page which sent a form is one of `origin`.

    Every browser that is still in use says one of both; who says neither is none.
    """
    named = headers.get("Origin")
    if named is not None:
        return named == origin
    return headers.get("Sec-Fetch-Site") == SAME_ORIGIN


def local_path(path: str, otherwise: str) -> str:
    """Return a path of ours as it was given, `otherwise` for anything that leads or might lead elsewhere."""
    is_plain = all(" " < character < "\x7f" and character not in '\\"<>' for character in path)
    is_local = path.startswith("/") and not path.startswith("//")
    return path if is_plain and is_local else otherwise
