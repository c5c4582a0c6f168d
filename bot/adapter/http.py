"""Common parts of adapters whose platform has an HTTP API."""

from collections.abc import AsyncIterable
from typing import Any

Json = dict[str, Any]
"""A JSON object, as platforms take and give it."""


class TooLarge(Exception):
    """A file has more bytes than are read."""


async def read_limited(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    """Return all bytes of `chunks`, such as those of a response that is still coming in.

    Raises `TooLarge` as soon as there are more than `limit`; the rest is not read.
    """
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > limit:
            raise TooLarge
    return bytes(content)
