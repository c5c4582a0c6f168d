"""Removal of characters that nobody sees and that do harm; all that an adapter shows passes through it."""

_HARMFUL = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n"),
        *range(0x7F, 0xA0),  # controls
        0xAD,  # soft hyphen
        0x61C,  # turns the direction of writing
        0x200B,  # space without width
        *(0x200E, 0x200F),  # turn the direction of writing
        *range(0x2028, 0x202F),  # end lines and paragraphs, turn the direction of writing
        *range(0x2060, 0x2070),  # without width, and again directions
        0xFEFF,  # byte order mark
        *range(0xD800, 0xE000),  # halves of pairs, which no encoding takes
    ]
)


def legible(text: str) -> str:
    """Return `text` without controls, blanks of no width and marks that turn the direction of writing.

    Tabs and line feeds stay, and so do the joiners that scripts and emoji need.
    """
    return text if text.isprintable() else text.translate(_HARMFUL)
