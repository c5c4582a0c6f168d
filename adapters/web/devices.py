"""Browsers, as their owner knows them again in a list."""

SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "a Mac",
    "Linux": "Linux",
}
"""What a browser says of its system, the more particular first, and how a person says it."""

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chromium": "Chromium",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SOME_BROWSER = "A browser"


def name_device(user_agent: str) -> str:
    """Return a browser's name for a list of those that are signed in: `Firefox on Linux`."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), SOME_BROWSER)
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
