"""What every answer tells the browser to do and to leave alone (product rules, the pages: safe)."""

from collections.abc import Mapping

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
POLICY: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",  # with no-referrer, Chromium sends `Origin: null` with a page's own form
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Server": "tenhours",  # which library and version it is, is nobody's business
}
NO_STORE = "no-store"
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""

HTTPS_ONLY = "max-age=31536000"


def protection(*, is_secure: bool, is_lasting: bool = False) -> dict[str, str]:
    """Return the headers of an answer; one that `is_lasting` is the same for everybody, and never changes."""
    headers = {**POLICY, "Cache-Control": FOREVER if is_lasting else NO_STORE}
    return {**headers, "Strict-Transport-Security": HTTPS_ONLY} if is_secure else headers
