"""Names and notes: harmful characters go, those of every script stay, and hostile input costs little."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import names
from bot.domain.names import NAME_LIMIT, READ_AHEAD, clean, clean_name, cut, quoted, read_text
from bot.errors import Refused

UNTOUCHED = {
    "plain": "Ada Lovelace",
    "accents": "Zoë Ångström",
    "Chinese": "学习机器学习",
    "Hangul": "한국어",
    "Arabic with vowels": "مُحَمَّد",
    "Persian non-joiner": "می\u200cخواهم",
    "Arabic joiner": "ه\u200dـ",
    "Hebrew with points and accents": unicodedata.normalize("NFC", "בְּרֵאשִׁ֖ית"),
    "Devanagari half form": "क्\u200dष",
    "Devanagari conjunct broken": "क्\u200cष",
    "Bengali ya-phalaa": "র\u200d্য",
    "Sinhala": "ශ්\u200dරී ලංකා",
    "Malayalam chillu at a word's end": "അവന്\u200d പോയി",
    "Devanagari non-joiner after a spacing vowel": "का\u200cम",
    "Thai": "ที่นี่ น้ำ",
    "Burmese": "မြွှေ",
    "Khmer": "ខ្មែរ",
    "family": "👩\u200d👩\u200d👧\u200d👦",
    "skin tone and selector": "👩🏽\u200d⚕\ufe0f 🏳\ufe0f\u200d🌈",
    "keycap": "1\ufe0f\u20e3 #\ufe0f\u20e3",
    "text or picture": "❤\ufe0f ☺\ufe0e ‼\ufe0f ↔\ufe0f ©\ufe0f ℹ\ufe0f",
    "flag": "🇩🇪",
    "an emoji newer than Python's tables": "\U0001fa77\U0001fae8",
    "mathematics": "∑ x² ≤ √2, ∂f/∂x → 0",
    "markup is data": "<b>*Ada*</b> @everyone",
}

CLEANED = {
    "": "",
    " \t Ada \u00a0\u3000 L.\n\nB ": "Ada L. B",
    "e\u0301": "é",
    "\u202eevil\u202c": "evil",
    "a\u200bb\u2060c\ufeffd\u00ade": "abcde",
    "\x00a\x1bb\x7f": "ab",
    "a\x85b\u2028c": "a b c",
    "\ud800x\ue000y\uffffz\U000e0041": "xyz",
    "a\u200db\u200cc": "abc",
    "a\u200d👩": "a👩",
    "👩\u200da": "👩a",
    "👩\u200d\u200d👩": "👩\u200d👩",
    "👩\u200c👩": "👩👩",
    "👩\u200d": "👩",
    "👩\ufe0f\ufe0f": "👩\ufe0f",
    "a\ufe0f": "a",
    "\ufe0f": "",
    "\u200d\u200c": "",
    "1\ufe0f2": "12",
    "क्\u200d\u200dष": "क्\u200dष",
    "م\u200c م": "م م",
    "م\u200c1": "م1",
    "葛\U000e0100": "葛",
    "a\u115fb\u3164c\uffa0d": "abcd",
    "a\u2800\u2800b": "a b",
    "o" + "\u0337" * 30: "o\u0337\u0337\u0337",
    "a" + "\u0315\u0316" * 500: "a\u0316\u0315\u0315",
}

LINES = {
    "one\ntwo": "one\ntwo",
    "one\r\ntwo\rthree": "one\ntwo\nthree",
    "one\n\n\n\n\ntwo": "one\n\ntwo",
    " one \n \t\n \u200b \n two ": "one\n\ntwo",
    "\n\n one\n\n": "one",
    "\n": "",
    "": "",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_people_write_survives(text: str) -> None:
    assert clean(text, 100) == text


@pytest.mark.parametrize(("text", "cleaned"), CLEANED.items())
def test_what_hurts_is_gone(text: str, cleaned: str) -> None:
    assert clean(text, 1000) == cleaned


@pytest.mark.parametrize(("text", "cleaned"), LINES.items())
def test_a_note_keeps_its_lines(text: str, cleaned: str) -> None:
    assert clean(text, 100, multiline=True) == cleaned


def test_cleaning_does_not_cut_at_the_limit() -> None:
    assert clean("a" * 30, 10) == "a" * 30


# Letters, marks of several classes, marks that NFC splits or joins, joiners, selectors, white space.
AWKWARD = st.text(
    alphabet=st.sampled_from(
        "a1 \n\t\u0301\u0315\u0327\u0344"
        "\u0958\u0915\u094d\u0951\u093e\u09b0\u09cd\u0cc6\u0cc2\u0645\u064e\u200c\u200d\ufe0f\u20e3"
        "👩🏽🇩\u2640\u00a9\u1100\u1161\u115f\u2800\U0001d160\U0001d165\u202e\u302e"
    ),
    max_size=40,
)
ANY_TEXT = st.one_of(st.text(st.characters()), AWKWARD)


@given(ANY_TEXT, st.booleans())
@example("a\u0301\u0301\u0cc6\u0301\u0cc2", False)
@example("\u0344" * 5, False)
@example("न\u0951\u094d\u200d\u0327", False)
def test_cleaning_again_changes_nothing_and_nothing_harmful_is_left(text: str, multiline: bool) -> None:
    cleaned = clean(text, 1000, multiline=multiline)
    assert clean(cleaned, 1000, multiline=multiline) == cleaned
    assert unicodedata.normalize("NFC", cleaned) == cleaned
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert "\n\n\n" not in cleaned
    assert multiline or "\n" not in cleaned
    kinds = {unicodedata.category(char) for char in cleaned if char not in "\n\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert longest_run_of_marks(cleaned) <= 3


def longest_run_of_marks(text: str) -> int:
    longest = run = 0
    for char in text:
        is_mark = char not in "\ufe0e\ufe0f" and (
            unicodedata.category(char) in ("Mn", "Me") or unicodedata.combining(char) > 0
        )
        run = run + 1 if is_mark else 0
        longest = max(longest, run)
    return longest


HOSTILE = {
    "letters": "a" * 10_000_000,
    "marks": "a" + "\u0315\u0316" * 5_000_000,
    "spaces": "é" + " " * 10_000_000,
    "lines": "é\n" * 5_000_000,
    "invisible": "\u200b" * 10_000_000,
    "joiners": "👩\u200d" * 5_000_000,
    "flags": "🇩" * 10_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_costs_a_bounded_number_of_looks(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def counting(look: Callable[[str], object]) -> Callable[[str], object]:
        def counted(char: str) -> object:
            nonlocal looks
            looks += 1
            return look(char)

        return counted

    monkeypatch.setattr(names, "category", counting(unicodedata.category))
    monkeypatch.setattr(names, "combining", counting(unicodedata.combining))
    assert len(clean_name(text)) <= NAME_LIMIT
    assert len(quoted(text)) <= 42
    with pytest.raises(Refused, match=r"^Your note has 10,000,00\d characters; 1,000 fit\.$"):
        read_text(text, 1000, "note", required=True, multiline=True)
    assert looks <= 2 * 20 * READ_AHEAD * NAME_LIMIT


def test_normalising_never_meets_a_long_run_of_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def watched(form: str, text: str) -> str:
        runs.append(longest_run_of_marks(text))
        return unicodedata.normalize(form, text)  # type: ignore[arg-type]

    monkeypatch.setattr(names, "normalize", watched)
    clean("a" + "\u0315\u0316" * 5000 + "\U0001d165\u0344" * 100, 10_000)
    assert len(runs) == 2
    assert max(runs) == 3


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Ada", 3, "Ada"),
        ("Ada L", 4, "Ada…"),
        ("Ada Lovelace", 5, "Ada…"),
        ("Ada", 1, "…"),
        ("Ada", 0, ""),
        ("Ada", -1, ""),
        ("", 0, ""),
        ("ab\u0337\u0337c", 3, "a…"),
        ("ab\u0337\u0337c", 5, "ab\u0337\u0337c"),
        ("a👩\u200d👧b", 3, "a…"),
        ("a👩\u200d👧b", 4, "a…"),
        ("a👩🏽bc", 3, "a…"),
        ("a❤\ufe0fbc", 3, "a…"),
        ("a🇩🇪🇫🇷b", 3, "a…"),
        ("a🇩🇪🇫🇷b", 4, "a🇩🇪…"),
        ("कक्षा", 4, "क…"),
        ("o\u0337\u0337\u0337\u0337", 3, "o\u0337…"),
    ],
)
def test_a_cut_keeps_characters_whole(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@given(ANY_TEXT, st.integers(-1, 50))
def test_a_cut_fits_and_only_cuts(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert len(short) <= max(limit, 0)
    assert short == text or text.startswith(short.removesuffix("…"))


def test_a_text_that_fits_is_returned_clean() -> None:
    assert read_text(" chain\n rule ", 10, "note") == "chain rule"
    assert read_text(" chain\n rule ", 10, "note", multiline=True) == "chain\nrule"
    assert read_text("", 10, "note") == ""
    assert read_text("é" * 1000, 1000, "note", required=True) == "é" * 1000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("x" * 10_000, "Your note has 10,000 characters; 1,000 fit.", id="10 kB"),
        pytest.param("x" * 1001 + "  ", "Your note has 1,001 characters; 1,000 fit.", id="one too many"),
        ("", "Your note is empty."),
        (" \u200b\u202e ", "Your note is empty."),
        ("\u0301", "Your note is empty."),
    ],
)
def test_a_text_that_does_not_fit_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_text(text, 1000, "note", required=True)
    assert refused.value.sentence == sentence


def test_what_cleaning_drops_does_not_count() -> None:
    assert read_text("e\u0301" * 1000, 1000, "note") == "é" * 1000


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada", "Ada"),
        ("", "someone"),
        ("\u3164", "someone"),
        ("\u200b \u202e", "someone"),
        ("\u0301\u0301", "someone"),
        ("\u0301 \u0301Ada", "Ada"),
        ("Ada\nLovelace", "Ada Lovelace"),
        ("x" * 41, "x" * 39 + "…"),
        ("🩷", "🩷"),
    ],
)
def test_a_name_is_never_empty_nor_long(text: str, name: str) -> None:
    assert clean_name(text) == name


@given(ANY_TEXT)
def test_any_name_fits_one_line_and_is_visible(text: str) -> None:
    name = clean_name(text)
    assert 0 < len(name) <= NAME_LIMIT
    assert "\n" not in name
    assert not unicodedata.category(name[0]).startswith(("M", "Z"))


def test_a_quotation_is_short_and_harmless() -> None:
    assert quoted("25h") == "“25h”"
    assert quoted("\u202e" + "9" * 100) == "“" + "9" * 39 + "…”"
