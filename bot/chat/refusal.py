"""A refusal as text, in which words to type are `Code`."""

from bot.chat.text import Code, Text
from bot.errors import Refused, Typed


def refusal_text(refused: Refused) -> Text:
    """Return the sentence of a refusal."""
    return tuple(Code(str(part)) if isinstance(part, Typed) else part for part in refused.parts)


def refusal_with_example(refused: Refused) -> Text:
    """Return the sentence of a refusal and, in the same line, an example that would be taken."""
    example: Text = (" For example: ", Code(refused.example)) if refused.example else ()
    return (*refusal_text(refused), *example)
