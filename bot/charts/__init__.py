"""A card's charts as PNG, for platforms that show pictures; all they say is said by the card in words too.

Adapters import `bot.charts.picture` and `bot.charts.theme`, which cost nothing; `bot.charts.drawing` brings Pillow.
"""
