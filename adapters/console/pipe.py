"""Lines from a pipe or a file, as they come, without blocking what else is going on."""

import asyncio
import codecs
import io
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TextIO

from adapters.console.limits import READ_BYTES
from adapters.console.session import Session


async def read_pipe(session: Session, source: TextIO) -> None:
    """Say every line of `source`, until its end or `:quit`. Bytes that are no UTF-8 become “�”."""
    await session.begin()
    rest = ""
    async for text in _read_texts(source):
        *lines, rest = (rest + text).split("\n")
        for line in lines:
            await session.say(line)
            if session.is_over:
                return
    await session.say(rest)


async def _read_texts(source: TextIO) -> AsyncIterator[str]:
    try:
        descriptor = source.fileno()
    except (io.UnsupportedOperation, ValueError):
        yield source.read()
        return
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while chunk := await _read_chunk(descriptor):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


async def _read_chunk(descriptor: int) -> bytes:
    """Return what can be read, b"" at the end. Files, which cannot be waited for, are always ready."""
    with suppress(OSError, NotImplementedError):
        await _until_readable(descriptor)
    return os.read(descriptor, READ_BYTES)


async def _until_readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(descriptor)
