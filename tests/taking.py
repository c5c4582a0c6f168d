"""Claims of posts, for tests that settle some without sending them."""

from datetime import datetime

from bot.store import claims
from bot.store.claims import Claim
from bot.store.tx import Tx


def taken(tx: Tx, key: str, now: datetime) -> Claim:
    """Claim a post that is due, and return the claim."""
    [post] = claims.claim(tx, [key], now)
    return post.claim
