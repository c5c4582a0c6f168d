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


def refusal_with_example(refused: Refused) -> Text:
    """Return the sentence of a refusal and, in the same line, an example that would be taken."""
    lead = " Try: " if refused.example.startswith("/") else " For example: "
    example: Text = (lead, Code(refused.example)) if refused.example else ()
    return (*refusal_text(refused), *example)


def too_large() -> Refused:
    """Return the refusal of a file that has more than is taken."""
    return Refused(
        f"That file has more than {UPLOAD_BYTES // 1024**2} MB. Export a shorter time and bring it in by parts."
    )
