"""A card's charts as PNG, for platforms that show pictures; all they say is said by the card in words too.

Importing this costs nothing; `bot.charts.picture` brings Pillow with it.
"""
