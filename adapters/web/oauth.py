"""Signing in with an account elsewhere: the words that go there and back, bound to one browser and good once.

All of it is made from one secret in a cookie of ten minutes, so nothing is kept here: what comes back without the
cookie, or with another one's state, was not begun in this browser.
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import quote, unquote, urlencode

from bot.adapter.pages import SignInClient

SECRET_BYTES = 32
RETURN_PATH = "/sign-in/with/{platform}/back"
BEGIN_PATH = "/sign-in/with/{platform}"


class SignInFailed(Exception):
    """A provider did not say who signs in, or said something that nobody should believe."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in that is under way in a browser, at one platform; `next_path` is where it leads."""

    platform: str
    secret: str
    next_path: str

    @classmethod
    def begin(cls, platform: str, next_path: str) -> "Attempt":
        """Return a new one."""
        return cls(platform, token_urlsafe(SECRET_BYTES), next_path)

    @classmethod
    def of_cookie(cls, value: str) -> "Attempt | None":
        """Return what a browser brings back; None for what is no attempt."""
        platform, _, rest = value.partition(".")
        secret, dot, next_path = rest.partition(".")
        return cls(platform, secret, unquote(next_path)) if platform and secret and dot else None

    @property
    def cookie(self) -> str:
        """The value of the cookie that remembers it."""
        return f"{self.platform}.{self.secret}.{quote(self.next_path, safe='')}"

    @property
    def state(self) -> str:
        """What the provider gives back, so that nobody else's answer is taken for this one's."""
        return self._derive("state")

    @property
    def nonce(self) -> str:
        """What the provider signs, so that no other sign-in's token is taken for this one's."""
        return self._derive("nonce")

    @property
    def verifier(self) -> str:
        """What proves that who redeems a code is who asked for it (PKCE, RFC 7636)."""
        return self._derive("verifier")

    @property
    def challenge(self) -> str:
        """The hash of the verifier, which goes ahead of it."""
        return _encode(sha256(self.verifier.encode()).digest())

    def is_answered_by(self, platform: str, state: str) -> bool:
        """Return True if an answer of a platform is to this very attempt."""
        return platform == self.platform and hmac.compare_digest(state.encode(), self.state.encode())

    def _derive(self, purpose: str) -> str:
        return _encode(hmac.digest(self.secret.encode(), purpose.encode(), sha256))


def authorization_url(endpoint: str, scope: str, client: SignInClient, redirect: str, attempt: Attempt) -> str:
    """Return where the browser is sent to sign in."""
    query = {
        "response_type": "code",
        "client_id": client.client_id,
        "scope": scope,
        "redirect_uri": redirect,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
    }
    return f"{endpoint}?{urlencode(query)}"


def _encode(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")
