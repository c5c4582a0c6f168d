"""The prompt of a terminal: completion, history, the time below, and forms asked field by field."""

import os
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout

from adapters.console.completion import propose
from adapters.console.forms import OpenForm
from adapters.console.session import Session
from adapters.console.times import format_instant
from bot.chat.form import Field, Form
from bot.chat.legible import legible
from bot.chat.plain import plain_text

HISTORY = Path("tenhours", "console_history")
UNSENT = "The form is not sent; :fill sends it, now or later."


async def interact(session: Session) -> None:
    """Ask for lines until Ctrl-D or `:quit`; Ctrl-C drops the line that is being typed."""
    prompt: PromptSession[str] = PromptSession(
        history=QuietHistory(history_file()),
        completer=LineCompleter(session),
        bottom_toolbar=lambda: toolbar(session),
    )
    fields: PromptSession[str] = PromptSession()
    await session.begin()
    with patch_stdout(raw=True):
        while not session.is_over:
            try:
                line = await prompt.prompt_async(FormattedText([("bold", session.speaker.name), ("", "> ")]))
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            before = session.latest_form
            await session.say(line)
            await _ask_forms(session, fields, before)


def toolbar(session: Session) -> str:
    """Return the line below the prompt: the time, whether it stands still, and where help is."""
    time = format_instant(session.now().replace(second=0), session.zone)
    note = ", standing still" if session.is_still else ""
    return f" {time} {session.zone.key}{note} · / · :help · Ctrl-D"


def history_file() -> Path:
    """Return the file in which typed lines are remembered: in the user's state directory."""
    state = os.environ.get("XDG_STATE_HOME", "")
    return (Path(state) if Path(state).is_absolute() else Path.home() / ".local" / "state") / HISTORY


class QuietHistory(FileHistory):
    """A history for its author alone; where its file cannot be used, it goes without."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        with suppress(OSError):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600, exist_ok=True)

    def load_history_strings(self) -> Iterable[str]:
        """Yield what was remembered, newest first."""
        with suppress(OSError):
            yield from super().load_history_strings()

    def store_string(self, string: str) -> None:
        """Remember one line."""
        with suppress(OSError):
            super().store_string(string)


class LineCompleter(Completer):
    """Completion of the prompt by what `propose` finds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, _document: Document, _complete_event: CompleteEvent) -> Iterable[Completion]:
        """Return nothing: completion asks the core, which is asynchronous."""
        return ()

    async def get_completions_async(
        self, document: Document, _complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Yield what may come next."""
        for proposal in await propose(self._session, document.text_before_cursor):
            yield Completion(proposal.text, -proposal.replaces, display_meta=legible(proposal.remark))


async def _ask_forms(session: Session, prompt: PromptSession[str], before: OpenForm | None) -> None:
    """Ask for the form that has just been opened, and again for what was wrong in it."""
    while (opened := session.latest_form) is not None and opened is not before:
        form = await _ask_fields(prompt, opened.form)
        if form is None:
            session.output.say(UNSENT)
            return
        await session.fill(opened, form)
        after = session.latest_form
        if after is not None and after.form.command == form.command and not after.form.has_errors:
            return
        before = opened


async def _ask_fields(prompt: PromptSession[str], form: Form) -> Form | None:
    """Return the form with what was typed into it; None where it was left with Ctrl-C or Ctrl-D."""
    fields = list(form.fields)
    for index, field in enumerate(fields):
        if form.has_errors and not field.error:
            continue
        try:
            typed = await prompt.prompt_async(
                f"  {legible(field.label)}: ",
                default=legible(field.value),
                completer=_choices(field),
                bottom_toolbar=f" {legible(_say_beside(field))} · Ctrl-C leaves the form unsent",
            )
        except (KeyboardInterrupt, EOFError):
            return None
        fields[index] = replace(field, value=typed.strip(), error=())
    return replace(form, fields=tuple(fields))


def _say_beside(field: Field) -> str:
    """Return what was wrong with a field; else what becomes of the answer, and an example."""
    return plain_text(field.error) or " ".join(part for part in (field.description, field.hint) if part)


def _choices(field: Field) -> Completer:
    return WordCompleter([choice.value for choice in field.choices], ignore_case=True, sentence=True)
