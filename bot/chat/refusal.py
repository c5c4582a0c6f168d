"""A refusal as text, in which words to type are `Code`."""

from bot.chat.request import UPLOAD_BYTES
from bot.chat.text import Code, Text
from bot.errors import Refused, Typed


def refusal_text(refused: Refused) -> Text:
    """Return the sentence of a refusal."""
    return tuple(Code(str(part)) if isinstance(part, Typed) else part for part in refused.parts)


def is_other_command(example: str, command: str) -> bool:
    """Return True for an example that begins with another command than the one that was refused."""
    return example.startswith("/") and not f"{example} ".startswith(f"/{command} ")


def is_to_try(example: str, command: str) -> bool:
    """Return True for another command, or the bare one: something to do instead, and no example of what was typed."""
    return example == f"/{command}" or is_other_command(example, command)


def field_error(refused: Refused, command: str) -> Text:
    """Return what a form says beside the field that a refusal is about; `command` is the one that is typed instead.

    An example is what would be taken in that field. A line to type is none, unless it is of another command; nor is one
    needed where the sentence says what may be meant.
    """
    example = refused.example.removeprefix(f"{refused.about}: ")
    if not example or refused.offers or (example.startswith("/") and not is_to_try(example, command)):
        return refusal_text(refused)
    lead = " Try: " if example.startswith("/") else " For example: "
    return (*refusal_text(refused), lead, Code(example))


def too_large() -> Refused:
    """Return the refusal of a file that has more than is taken."""
    return Refused(
        f"That file has more than {UPLOAD_BYTES // 1024**2} MB. Export a shorter time and bring it in by parts."
    )
