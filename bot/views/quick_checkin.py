"""What is asked before one press under a reminder logs anything."""

from datetime import date

from bot.chat.card import Button, Card, Style
from bot.domain.checkin import Checkin, Entry
from bot.domain.duration import Minutes, say
from bot.views import words


def ask_again(entry: Entry, before: Checkin) -> Card:
    """Ask whether the same is meant once more: it was logged since the reminder came."""
    time = {"time": f"{entry.minutes}m"}
    again = {**time, "day": entry.day.isoformat(), "twice": str(before.number)}
    return words.question(
        "",
        (f"You've logged {say(entry.minutes)} since I reminded you. Log {say(entry.minutes)} more?",),
        Button(f"Log {say(entry.minutes)} more", "checkin", again),
        Button("No, once was right", "checkin", {**time, "twice": "no"}, Style.PRIMARY),
    )


def ask_for_today(minutes: Minutes, today: date) -> Card:
    """Offer to log it for today: the week that was reminded of is not open."""
    options = {"time": f"{minutes}m", "day": today.isoformat()}
    return words.question(
        "",
        (f"That reminder was for another week. Log {say(minutes)} for today instead?",),
        Button(f"Log {say(minutes)} for today", "checkin", options, Style.PRIMARY),
    )
