"""A card's charts as PNG, for platforms that show pictures; the card says in words too all that they show.

Adapters import `bot.charts.picture` and `bot.charts.theme`, which cost nothing; `bot.charts.drawing` brings Pillow.
"""
