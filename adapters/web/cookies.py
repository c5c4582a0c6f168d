"""The cookies: who is signed in, which browser a form was made for, and what may be seen once."""

from aiohttp import web

from adapters.web import limits

SESSION, VISIT, STATE, FEED = "tenhours-session", "tenhours-visit", "tenhours-state", "tenhours-feed"
"""The session, the browser that a form was made for, the sign-in that is under way, a calendar's new address."""

HOST_PREFIX = "__Host-"
"""With it browsers take a cookie only by https, and for this host alone."""


class Cookies:
    """Cookies that no script reads and no other site sends; over plain http, on this machine alone, without https."""

    def __init__(self, *, is_secure: bool) -> None:
        self._is_secure = is_secure

    def name(self, kind: str) -> str:
        """Return the full name of a cookie."""
        return f"{HOST_PREFIX}{kind}" if self._is_secure else kind

    def find(self, request: web.BaseRequest, kind: str) -> str:
        """Return what the browser sends; "" for nothing, and for what is too long to be ours."""
        value = request.cookies.get(self.name(kind), "")
        return value if len(value) <= limits.MOST_TOKEN_CHARACTERS * 20 else ""

    def give(self, response: web.StreamResponse, kind: str, value: str, seconds: int | None = None) -> None:
        """Let the browser keep a value for so long, or until it is closed."""
        response.set_cookie(
            self.name(kind),
            value,
            max_age=seconds,
            path="/",
            secure=self._is_secure,
            httponly=True,
            samesite="Lax",
        )

    def take_back(self, response: web.StreamResponse, kind: str) -> None:
        """Let the browser forget a value."""
        self.give(response, kind, "", 0)
