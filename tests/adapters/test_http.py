from collections.abc import AsyncIterator

import pytest

from bot.adapter.http import TooLarge, read_limited


async def parts(*texts: bytes) -> AsyncIterator[bytes]:
    for text in texts:
        yield text


async def test_what_fits_is_read_whole() -> None:
    assert await read_limited(parts(b"ab", b"", b"c"), 3) == b"abc"


async def test_reading_ends_at_the_limit() -> None:
    coming = parts(b"ab", b"cd", b"never read")
    with pytest.raises(TooLarge):
        await read_limited(coming, 3)
    assert await anext(coming) == b"never read"
