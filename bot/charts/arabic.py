"""Arabic letters in the forms that they have within a word, for machines on which no layout library joins them.

Unicode has a character of its own for each form of a letter, and its tables say which is which: initial, medial,
final or isolated. So the rule needs no list of letters: one that can join has the form for it.
"""

from functools import cache
from unicodedata import category, decomposition

_FORMS = (*range(0xFB50, 0xFDF0), *range(0xFE70, 0xFEFD))
_TATWEEL, _JOINER = "\u0640", "\u200d"
_LAM = "\u0644"
_MIRRORED = str.maketrans("()[]{}<>", ")(][}{><")


def join_letters(text: str) -> str:
    """Return `text`, in the order in which it is read, with every letter in the form that its neighbours ask for."""
    forms, ligatures = _tables()
    letters = [index for index, char in enumerate(text) if category(char) != "Mn"]
    out = list(text)
    skip = -1
    for place, index in enumerate(letters):
        if index == skip:
            continue
        before = text[letters[place - 1]] if place else ""
        after = text[letters[place + 1]] if place + 1 < len(letters) else ""
        to_before = _joins_on(before, forms) and _joins_back(text[index], forms)
        pair = text[index] + after
        if text[index] == _LAM and pair in ligatures:
            out[index] = ligatures[pair]["final" if to_before else "isolated"]
            skip = letters[place + 1]
            out[skip] = ""
            continue
        to_after = _joins_on(text[index], forms) and _joins_back(after, forms)
        kind = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get((to_before, to_after))
        out[index] = forms.get(text[index], {}).get(kind or "isolated", text[index])
    return "".join(out)


def to_visual_order(text: str) -> str:
    """Return text that runs to the left as it stands from left to right: brackets mirrored, vowel points left out.

    Only a layout library knows where a point belongs; a name is read without.
    """
    letters = "".join(char for char in text if category(char) != "Mn")
    return letters[::-1].translate(_MIRRORED)


def _joins_on(char: str, forms: dict[str, dict[str, str]]) -> bool:
    """Return True if a letter reaches out to the one after it."""
    return char in (_TATWEEL, _JOINER) or "initial" in forms.get(char, {})


def _joins_back(char: str, forms: dict[str, dict[str, str]]) -> bool:
    """Return True if a letter can be reached by the one before it."""
    return char in (_TATWEEL, _JOINER) or "final" in forms.get(char, {})


@cache
def _tables() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Return the forms of letters, and of lam with an alef, which is one sign."""
    letters: dict[str, dict[str, str]] = {}
    pairs: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        kind, *parts = decomposition(chr(code)).split() or [""]
        if kind not in ("<initial>", "<medial>", "<final>", "<isolated>"):
            continue
        whole = "".join(chr(int(part, 16)) for part in parts)
        if len(whole) == 1:
            letters.setdefault(whole, {})[kind[1:-1]] = chr(code)
        elif len(whole) == 2 and whole[0] == _LAM and whole[1] in "\u0622\u0623\u0625\u0627":
            pairs.setdefault(whole, {})[kind[1:-1]] = chr(code)
    return letters, pairs
