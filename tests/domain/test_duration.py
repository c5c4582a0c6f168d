"""Time that people type: everything that the rules name, everything that they refuse, and anything at all."""

import pytest

from bot.domain.duration import (
    has_unit,
    read_duration,
    say,
)
from bot.errors import Understood

TAKEN = {
    # the rules name these
    "3h": 180,
    "2.5": 150,
    "2,5h": 150,
    "1h30": 90,
    "1h 30m": 90,
    "1:30": 90,
    "90m": 90,
    "90 min": 90,
    "an hour": 60,
    "half an hour": 30,
    "2 hours and 15 minutes": 135,
    "1½h": 90,
    "45m": 45,
    # their kin
    "1": 60,
    "12": 720,
    "2,5": 150,
    "1½": 90,
    "½": 30,
    "8/9h": 53,
    "7/8h": 53,
    "¾ hour": 45,
    "⅓h": 20,
    "1/2 h": 30,
    "2 1/2": 150,
    "1 1/2 h": 90,
    "1 1\u20442 h": 90,
    ".5h": 30,
    "0.5": 30,
    "0,125h": 8,
    "1.125h": 68,
    "2h30m": 150,
    "2h 30": 150,
    "2 h 05": 125,
    "1h5": 65,
    "1h05": 65,
    "2 hrs": 120,
    "2 hr 5 mins": 125,
    "1 hour": 60,
    "1.5 hours": 90,
    "2 hours, 15 minutes": 135,
    "1h, 5m": 65,
    "1 minute": 1,
    "0:45": 45,
    "00:01": 1,
    "12:00": 720,
    "24:00": 1440,
    "24h": 1440,
    "1440m": 1440,
    "1:30h": 90,
    "0h 45m": 45,
    "1 min": 1,
    "0.5m": 1,
    "1.5m": 2,
    "2.5m": 3,
    # in words
    "two hours": 120,
    "ten minutes": 10,
    "forty-five minutes": 45,
    "forty five min": 45,
    "twenty min": 20,
    "one": 60,
    "an hour and a half": 90,
    "two hours and a half": 150,
    "two and a half hours": 150,
    "2 and a half hours": 150,
    "an hour and a quarter": 75,
    "an hour and three quarters": 105,
    "half hour": 30,
    "a half-hour": 30,
    "half an hour and 15 minutes": 45,
    "quarter of an hour": 15,
    "a quarter of an hour": 15,
    "a quarter hour": 15,
    "three quarters of an hour": 45,
    "two and three quarter hours": 165,
    "one hour thirty minutes": 90,
    # as keyboards and phones write it
    "  3H  ": 180,
    "1H30M": 90,
    "AN HOUR": 60,
    "２ｈ３０": 150,
    "1：30": 90,
    "2\u00a0h\u202f30": 150,
    "2h\u200b30": 150,
    "1\th": 60,
    "0" * 60 + "2h": 120,
}

TAKEN |= {
    # minutes by their mark, lengths that are counted, other languages
    "90'": 90,
    "2h 30'": 150,
    "1h05\u2032": 65,
    "**2h**": 120,
    "_45 min_": 45,
    "`2h`": 120,
    "2h:": 120,
    "1\u066b5 h": 90,
    "3x25min": 75,
    "3 \u00d7 25 min": 75,
    "3*25": 75,
    "25 min x 3": 75,
    "2 times 45 min": 90,
    "3 mal 25 Minuten": 75,
    "4 pomodoros of 25 min": 100,
    "4 pomodoros of 25": 100,
    "2 lectures, 45 min each": 90,
    "1 lecture of 45 min": 45,
    "2 ore": 120,
    "3 uur": 180,
    # the rules name these too
    "9:00-11:00": 120,
    "9-11am": 120,
    "+2h": 120,
    "~90 min": 90,
    "1:30:00": 90,
    "📚 2h": 120,
    "2h.": 120,
    # roughly, and in sums
    "about 2 hours": 120,
    "approx. 90 min": 90,
    "for about an hour": 60,
    "≈2h": 120,
    "1h + 30m": 90,
    "1h+30m+15m": 105,
    "1 hour, 20 minutes": 80,
    "1h & 20m": 80,
    "2h and 3h": 300,
    "1h plus 90m": 150,
    "a couple of hours": 120,
    "1h30m20s": 90,
    "90 seconds": 2,
    "3600s": 60,
    ":30": 30,
    "1:30:30": 91,
    "2h 1/2": 150,
    "2h 1 min": 121,
    # bare numbers: hours with a fraction, minutes from 25
    "12.5": 750,
    "12,4": 744,
    "25": 25,
    "45": 45,
    "90": 90,
    "1440": 1440,
    "ninety": 90,
    "ninety-nine": 99,
    "thirteen minutes": 13,
    "seventeen min": 17,
    "seventy min": 70,
    "eighty-eight minutes": 88,
    # any script, any sign
    "٣h": 180,
    "९० min": 90,
    "２h": 120,
    "“2h”": 120,
    "'2h'": 120,
    "(2h)": 120,
    "1 Std.": 60,
    # German, French, Spanish
    "2 Stunden": 120,
    "1,5 Std.": 90,
    "eine Stunde": 60,
    "eine halbe Stunde": 30,
    "eine Dreiviertelstunde": 45,
    "anderthalb Stunden": 90,
    "zweieinhalb Stunden": 150,
    "2 Stunden und 15 Minuten": 135,
    "zwei Stunden": 120,
    "45 Minuten": 45,
    "2 heures": 120,
    "1 heure 30": 90,
    "une demi-heure": 30,
    "2 heures et demie": 150,
    "une heure et quart": 75,
    "trois quarts d'heure": 45,
    "20 mn": 20,
    "2 horas": 120,
    "dos horas": 120,
    "una hora y media": 90,
    "media hora": 30,
    "tres cuartos de hora": 45,
    "30 minutos": 30,
    # from one time of day to another
    "from 9 to 11:30": 150,
    "between 9 and 11": 120,
    "14:00–15:30": 90,
    "2pm-4:15pm": 135,
    "22:30-00:15": 105,
    "11-1pm": 120,
    "11am-1": 120,
    "9am-5": 480,
    "10pm-midnight": 120,
    "noon to 2pm": 120,
    "0900-1100": 120,
    "9.00-11.00": 120,
    "von 9 bis 11 Uhr": 120,
    "de 9h à 11h30": 150,
    "de 9 a 11": 120,
    "00:00-24:00": 1440,
    "13-15": 120,
    # what an option cannot be is no reading: 1,125 hours
    "1.125h": 68,
    "2.25": 135,
    "1,50 h": 90,
}

ASKED = {
    "13": ["13 h", "13 min"],
    "20": ["20 h", "20 min"],
    "24": ["24 h", "24 min"],
    "020": ["20 h", "20 min"],
    "twenty": ["20 h", "20 min"],
    "1.30": ["1 h 30", "1 h 18"],
    "2,50": ["2 h 50", "2 h 30"],
    "1.30h": ["1 h 18", "1 h 30"],
    "1.000 min": ["16 h 40", "1 min"],
    "1,000 min": ["16 h 40", "1 min"],
    "12.000": ["12 h"],
    "2,500": ["2 h 30"],
    "1.000": ["16 h 40", "1 h"],
    "2-3h": ["2 h", "3 h", "1 h"],
    "1-1.5h": ["1 h", "1 h 30"],
    "2 to 3 hours": ["2 h", "3 h"],
    "2 hours to 3 hours": ["2 h", "3 h"],
    "30-45 min": ["30 min", "45 min"],
    "30-45": ["30 min", "45 min"],
    "9-11": ["2 h", "9 h", "11 h"],
    "9h-11h": ["9 h", "11 h", "2 h"],
    "11:00-1:00": ["2 h", "14 h"],
    "9-5": ["8 h", "20 h"],
    "1 or 2 hours": ["1 h", "2 h"],
    "2h oder 3h": ["2 h", "3 h"],
    "9 or 11": ["9 h", "11 h"],
    "4 pomodoros 25 min": ["1 h 40", "25 min"],
    "2 lectures of 45 min": ["1 h 30", "45 min"],
}


@pytest.mark.parametrize(("text", "minutes"), TAKEN.items())
def test_what_people_type_is_read_exactly(text: str, minutes: int) -> None:
    assert read_duration(text) == minutes


@pytest.mark.parametrize(("text", "labels"), ASKED.items())
def test_several_readings_are_asked_about(text: str, labels: list[str]) -> None:
    with pytest.raises(Understood) as asked:
        read_duration(text)
    assert [offer.label for offer in asked.value.offers] == labels
    assert [say(read_duration(offer.words)) for offer in asked.value.offers] == labels
    assert asked.value.sentence.endswith("?")


def test_a_question_says_what_can_be_meant() -> None:
    sentences = {"20": "20 hours or 20 minutes?", "1.30": "“1.30” can be 1 h 30 or 1 h 18. Which is it?"}
    sentences |= {"2-3h": "“2-3h” can be 2 h, 3 h or 1 h. Which is it?", "12.000": "Is “12.000” 12 h?"}
    for text, sentence in sentences.items():
        with pytest.raises(Understood) as asked:
            read_duration(text)
        assert asked.value.sentence == sentence


def test_a_unit_is_said_by_its_name_or_by_the_form() -> None:
    assert all(map(has_unit, ("2h", "45 min", "1:30", "9:00-11:00", "half an hour", "1h75", "25h")))
    assert not any(map(has_unit, ("3", "20", "2.5", "two", "chapter", "", "10-12", "30 to 45", "1 or 2")))
