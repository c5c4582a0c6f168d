"""A program in a pseudo-terminal: what it shows is waited for, what is typed is typed."""

import asyncio
import os
import pty
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

WITHIN = 60.0
SIGNS = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])|\x1b[()][A-Z0-9]|\x1b[=>78]|\x1b\][^\x07]*\x07|[\s\S]")


class Screen:
    """What a terminal shows, line by line: enough of one for a prompt that redraws its own line."""

    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self._column = 0

    def write(self, text: str) -> None:
        for match in SIGNS.finditer(text):
            sign = match[0]
            if match[2]:
                self._steer(match[2], int(match[1]) if match[1].isdecimal() else 1)
            elif sign == "\n":
                self.lines.append("")
                self._column = 0
            elif sign == "\r":
                self._column = 0
            elif sign == "\b":
                self._column = max(0, self._column - 1)
            elif sign >= " " and len(sign) == 1:
                line = self.lines[-1]
                self.lines[-1] = line[: self._column].ljust(self._column) + sign + line[self._column + 1 :]
                self._column += 1

    def _steer(self, way: str, number: int) -> None:
        """Move the cursor within its line, or erase what is right of it."""
        if way == "D":
            self._column = max(0, self._column - number)
        elif way == "C":
            self._column += number
        elif way in "KJ":
            self.lines[-1] = self.lines[-1][: self._column]

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)


class TerminalProgram:
    """A child process whose terminal this is."""

    def __init__(self, process: asyncio.subprocess.Process, handle: int) -> None:
        self.process = process
        self.screen = Screen()
        self.raw = b""
        self._handle = handle
        self._seen = 0
        self._more = asyncio.Event()
        asyncio.get_running_loop().add_reader(handle, self._read)

    @classmethod
    async def start(cls, *words: str, folder: Path, environ: Mapping[str, str]) -> "TerminalProgram":
        main, child = pty.openpty()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *words,
            stdin=child,
            stdout=child,
            stderr=child,
            cwd=folder,
            env={**environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "2000", "LINES": "200"},
            start_new_session=True,
        )
        os.close(child)
        return cls(process, main)

    async def see(self, words: str) -> None:
        """Wait until these words stand on the screen, below what was waited for before."""
        try:
            async with asyncio.timeout(WITHIN):
                while words not in self.screen.text[self._seen :]:
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            raise AssertionError(f"no {words!r} in:\n{self.screen.text[self._seen :]}") from None
        self._seen = self.screen.text.index(words, self._seen) + len(words)

    async def answer(self, words: str, typed: str) -> None:
        """Wait for a question, then type an answer and Enter."""
        await self.see(words)
        os.write(self._handle, f"{typed}\r".encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.write(self._handle, b"\x03")

    def signal(self) -> None:
        """Send the signal of Ctrl-C, as a terminal does while nothing is asked."""
        self.process.send_signal(signal.SIGINT)

    async def end(self) -> int:
        """Wait for the end; return the status."""
        async with asyncio.timeout(WITHIN):
            status = await self.process.wait()
        await asyncio.sleep(0)
        self._read()
        asyncio.get_running_loop().remove_reader(self._handle)
        os.close(self._handle)
        return status

    def _read(self) -> None:
        try:
            data = os.read(self._handle, 65536)
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._handle)
        self.raw += data
        self.screen.write(data.decode(errors="replace"))
        self._more.set()
