"""A person's calendar: kept weeks as days, and the posts of their groups; nothing that they planned or wrote."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.adapter.pages import Feed

MEDIA_TYPE = "text/calendar"
POST_MINUTES = 15
REFRESH = "PT6H"
DAYS_A_WEEK = 7


def write_calendar(feed: Feed, host: str, now: datetime) -> bytes:
    """Return the calendar as a file; `host` makes the keys of its events the world's only ones."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ten Hours//tenhours//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Ten Hours")
    calendar.add("refresh-interval;value=duration", REFRESH)
    for monday in feed.kept_weeks:
        event = _event(f"kept-{monday}@{host}", "Week kept ✓", now)
        event.add("dtstart", monday)
        event.add("dtend", monday + timedelta(days=DAYS_A_WEEK))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    for post in feed.posts:
        event = _event(f"{post.key}@{host}", post.title, now)
        event.add("dtstart", post.at)
        event.add("dtend", post.at + timedelta(minutes=POST_MINUTES))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _event(key: str, title: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", key)
    event.add("dtstamp", now)
    event.add("summary", title)
    return event
