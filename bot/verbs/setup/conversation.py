"""How `tenhours setup` speaks: with somebody in a terminal, or with a script that brought its answers along."""

import getpass
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.errors import Misconfigured, Refused, TenHoursError

Address = tuple[str, str]
"""Section and key of a setting."""


class Interrupted(Exception):
    """Whoever sets it up has left; what is saved stays saved."""


class NoAnswer(Exception):
    """A script has brought no answer to what is asked next."""


class Conversation(Protocol):
    """What the steps say and ask."""

    @property
    def is_answered_by_person(self) -> bool:
        """True if somebody sits there, who can be offered things and can try again."""
        ...

    def say(self, *lines: str) -> None:
        """Show lines."""
        ...

    async def ask(self, address: Address, words: str, *, is_secret: bool) -> str:
        """Return what is typed for a setting. Raises `Interrupted` or `NoAnswer`."""
        ...

    async def confirm(self, words: str, *, is_advised: bool = True) -> bool:
        """Return True if what `words` ask is to be done; an empty answer takes what is advised."""
        ...

    async def choose(self, words: str, labels: Sequence[str], *, can_leave: bool = False) -> int | None:
        """Return the number of the choice, from 0; None if nothing was chosen, which only `can_leave` allows."""
        ...

    def has_answer(self, address: Address) -> bool:
        """Return True if an answer for this setting was brought along."""
        ...

    def refuse(self, error: TenHoursError) -> None:
        """Show what is wrong with an answer, so that the next one can be asked for; a script ends with it."""
        ...


class Terminal:
    """A person in a terminal. Secrets are not shown as they are typed, and no history keeps them."""

    is_answered_by_person = True

    def say(self, *lines: str) -> None:
        """Print lines."""
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()

    async def ask(self, address: Address, words: str, *, is_secret: bool) -> str:
        """Ask until something is typed."""
        del address
        while True:
            typed = (await self._prompt(f"{words}{' (not shown)' if is_secret else ''}: ", is_secret=is_secret)).strip()
            if typed:
                return typed

    async def confirm(self, words: str, *, is_advised: bool = True) -> bool:
        """Ask for yes or no."""
        while True:
            typed = (await self._prompt(f"{words} [{'Y/n' if is_advised else 'y/N'}] ")).strip().casefold()
            if typed in ("", "y", "yes", "n", "no"):
                return is_advised if not typed else typed.startswith("y")
            self.say("Type y for yes or n for no.")

    async def choose(self, words: str, labels: Sequence[str], *, can_leave: bool = False) -> int | None:
        """Ask for a number; where that is allowed, nothing typed leaves."""
        self.say("", words, *(f"  {number}. {label}" for number, label in enumerate(labels, 1)))
        hint = f"1 to {len(labels)}" if len(labels) > 1 else "1"
        while True:
            typed = (await self._prompt(f"Number ({hint}{', Enter for none' if can_leave else ''}): ")).strip()
            if typed.isdecimal() and 1 <= int(typed) <= len(labels):
                return int(typed) - 1
            if not typed and can_leave:
                return None
            self.say(f"Type a number: {hint}.")

    def has_answer(self, address: Address) -> bool:
        """Return False: whoever sits there is asked."""
        del address
        return False

    def refuse(self, error: TenHoursError) -> None:
        """Show the sentence."""
        self.say("", *_sentences(error))

    async def _prompt(self, words: str, *, is_secret: bool = False) -> str:
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - 0.2 s, and a script needs none
        from prompt_toolkit.history import DummyHistory  # noqa: PLC0415
        from prompt_toolkit.utils import is_dumb_terminal  # noqa: PLC0415

        try:
            if is_secret and is_dumb_terminal():  # there its prompt shows what is typed
                return getpass.getpass(words)
            return await PromptSession[str](history=DummyHistory()).prompt_async(words, is_password=is_secret)
        except (EOFError, KeyboardInterrupt):
            raise Interrupted from None


class Script:
    """Answers that were brought along, by section and key; what has no answer and must have one ends it."""

    is_answered_by_person = False

    def __init__(self, answers: Mapping[Address, str]) -> None:
        self._answers = answers

    def say(self, *lines: str) -> None:
        """Print lines."""
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()

    async def ask(self, address: Address, words: str, *, is_secret: bool) -> str:
        """Return the answer for a setting."""
        del words, is_secret
        if address not in self._answers:
            raise NoAnswer(f"[{address[0]}] {address[1]}")
        return self._answers[address]

    async def confirm(self, words: str, *, is_advised: bool = True) -> bool:
        """Return what is advised: the answers were given to be taken."""
        del words
        return is_advised

    async def choose(self, words: str, labels: Sequence[str], *, can_leave: bool = False) -> int | None:
        """Return nothing, or the first where one must be chosen."""
        del words, labels
        return None if can_leave else 0

    def has_answer(self, address: Address) -> bool:
        """Return True if there is one."""
        return address in self._answers

    def refuse(self, error: TenHoursError) -> None:
        """Raise it."""
        raise Misconfigured(*_sentences(error)) from error


def _sentences(error: TenHoursError) -> tuple[str, ...]:
    if isinstance(error, Misconfigured):
        return error.sentences
    example = f" For example: {error.example}" if isinstance(error, Refused) and error.example else ""
    return (f"{error}{example}",)
