"""Whole numbers as people type them: in digits of any script, or in English words up to ninety-nine."""

from bot.domain.pattern import compile_on_use
from bot.domain.plain import plain

ONES = {word: at for at, word in enumerate("one two three four five six seven eight nine".split(), 1)}
TEENS = {
    word: at
    for at, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 10
    )
}
TENS = {word: at * 10 for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_WORDS = ONES | TEENS | TENS | {"fourty": 40, "zero": 0}

_HYPHEN_IN_WORD = compile_on_use(r"(?<=[a-z])-(?=[a-z])")
_WORD = compile_on_use(rf"\b(?:(?:{'|'.join(TENS)}|fourty) (?:{'|'.join(ONES)})|{'|'.join(_WORDS)})\b")
_NUMBER = compile_on_use(r"#? ?([0-9]{1,9})")


def in_digits(words: str) -> str:
    """Return plain words with digits for their numbers, and without hyphens: "ninety-nine min" as "99 min"."""
    words = _HYPHEN_IN_WORD.sub(" ", words)
    return _WORD.sub(lambda match: str(sum(_WORDS[word] for word in match[0].split())), words)


def read_whole_number(text: str) -> int | None:
    """Return the number of `12`, `#12`, `twelve`, of nine digits at most; None for anything else."""
    match = _NUMBER.fullmatch(in_digits(plain(text)))
    return int(match[1]) if match else None
