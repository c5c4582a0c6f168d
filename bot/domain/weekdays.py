"""The names of weekdays and months: English, German, French and Spanish, in full, and the usual short English ones.

Short foreign weekdays (so, do, mi, mar, sam …) are words of other languages too, and no days.
"""

from bot.domain.week import DAYS_A_WEEK

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mondays montag lundi lunes",
            "tue tues tuesday tuesdays dienstag mardi martes",
            "wed weds wednesday wednesdays mittwoch mercredi miércoles miercoles",
            "thu thur thurs thursday thursdays donnerstag jeudi jueves",
            "fri friday fridays freitag vendredi viernes",
            "sat saturday saturdays samstag sonnabend samedi sábado sabado",
            "sun sunday sundays sonntag dimanche domingo",
        )
    )
    for name in names.split()
}
"""The number of each name: 0 for Monday."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février fevrier febrero",
            "march mar märz maerz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
"""The number of each name: 1 for January."""

AMBIGUOUS = frozenset({"sat", "sun", "may", "mar", "march", "mars"})
"""Names that begin other sentences as well."""


def days_since(weekday: int, today: int) -> int:
    """Return how many days before a day of the weekday `today` the last `weekday` lies, 0 to 6."""
    return (today - weekday) % DAYS_A_WEEK


def days_until(weekday: int, today: int) -> int:
    """Return how many days after a day of the weekday `today` the next `weekday` lies, 1 to 7."""
    return (weekday - today - 1) % DAYS_A_WEEK + 1
