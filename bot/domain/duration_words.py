"""Words for lengths of time in one short spelling: "an hour and twenty minutes", "1 Std. 20 Min" as "1 h and 20 m".

English in full, and the unit words of German, French and Spanish with the numbers and halves that go with them.
"""

from bot.domain.number import in_digits
from bot.domain.pattern import compile_on_use

_ABOUT = compile_on_use(
    r"^(?:[~≈+=] ?|(?:about|around|roughly|approx(?:imately)?\.?|circa|ca\.?|c\.|some|nearly|almost|for"
    r"|a total of|total|etwa|ungefähr|rund|environ|pendant|unos|unas|durante) )+(?=.)"
)
_HALF = compile_on_use(r"(?:^|(?<= and ))(?:a )?half(?: an?)?\b")
_QUARTER = compile_on_use(r"(?:^|(?<= and ))(?:(three|3) quarters?|(?:a |1 )?quarter)(?: of)?(?: an?)?\b")
_ARTICLE = compile_on_use(r"\b(?:an?|une?|una|eine[rn]?) (?=(?:couple|hour|min|heure|hora|stunde|std)\b|minut)")
_COUPLE = compile_on_use(r"\b1 couple(?: of)?\b")

_PHRASES = [
    (compile_on_use(pattern), words)
    for pattern, words in (
        (r"\b(?:eine[rn]? )?halben? stunde\b", "1/2 h"),
        (r"\b(?:eine[rn]? )?dreiviertel ?stunde\b", "3/4 h"),
        (r"\b(?:eine[rn]? )?viertel ?stunde\b", "1/4 h"),
        (r"\b(?:anderthalb|eineinhalb)\b", "1 1/2"),
        (r"\bzweieinhalb\b", "2 1/2"),
        (r"\bdreieinhalb\b", "3 1/2"),
        (r"\b(?:une )?demi heure\b", "1/2 h"),
        (r"\b(?:trois|3) quarts d'heure\b", "3/4 h"),
        (r"\b(?:un )?quart d'heure\b", "1/4 h"),
        (r"\b(?:et demie?|y media)\b", "and 1/2"),
        (r"\b(?:et quart|y cuarto)\b", "and 1/4"),
        (r"\b(?:una )?media hora\b", "1/2 h"),
        (r"\b(?:tres|3) cuartos de hora\b", "3/4 h"),
        (r"\b(?:un )?cuarto de hora\b", "1/4 h"),
    )
]

_FOREIGN = {
    word: number
    for number, words in enumerate(
        (
            "zwei deux dos",
            "drei trois tres",
            "vier quatre cuatro",
            "fünf cinq cinco",
            "sechs seis",
            "sieben sept siete",
            "acht huit ocho",
            "neun neuf nueve",
            "zehn dix diez",
            "elf onze once",
            "zwölf douze doce",
        ),
        2,
    )
    for word in words.split()
}
"""Numbers of other languages, which count only in front of a unit: "once" alone is an English word."""
_FOREIGN_NUMBER = compile_on_use(
    rf"\b({'|'.join(_FOREIGN)})(?= (?:stunde|std|minut|heure|hora|tag|woche|jour|semain|semana|día|dia))"
)

_UNITS = [
    (compile_on_use(rf"(?<![a-z])(?:{names})(?![a-z])\.?"), letter)
    for names, letter in (
        (r"hours?|hrs?|stunden?|stdn?|heures?|horas?|hs|or[ae]|uren|uur", "h"),
        (r"minutes?|mins?|minuten?|minutos?|minuti|minuut|mn", "m"),
        (r"seconds?|secs?|sekunden?|sek|secondes?|segundos?|secondi|seconden", "s"),
    )
]
_MINUTE_MARK = compile_on_use(r"(?<=[0-9]) ?'(?!\w)")
_AND = compile_on_use(r" ?(?:\+|&|\bplus\b) ?| (?:und|et|y) ")


def foreign_in_digits(words: str) -> str:
    """Return plain words with digits for German, French and Spanish numbers in front of a unit of time."""
    return _FOREIGN_NUMBER.sub(lambda match: str(_FOREIGN[match[1]]), words)


def drop_about(words: str) -> str:
    """Return plain words without what only says that they are meant roughly: "~", "about"."""
    return _ABOUT.sub("", words)


def shorten(words: str) -> str:
    """Return the short spelling of plain words; what it does not know is left as it is."""
    words = in_digits(foreign_in_digits(words))
    for pattern, short in _PHRASES:
        words = pattern.sub(short, words)
    words = _HALF.sub("1/2", words)
    words = _QUARTER.sub(lambda match: "3/4" if match[1] else "1/4", words)
    words = _COUPLE.sub("2", _ARTICLE.sub("1 ", words))
    for pattern, letter in _UNITS:
        words = pattern.sub(letter, words)
    words = _MINUTE_MARK.sub("m", words)
    return " ".join(_AND.sub(" and ", words).split())
