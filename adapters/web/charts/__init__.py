"""Charts as inline SVG: the same data as the pictures for chat, in colours of the style sheet, so in both themes.

There is no inline style and no script. A drawing with words in it has no `viewBox`: places across are in per cent and
down in pixels, so letters keep their size on every screen.
"""
