"""How Sphinx builds these pages: `make docs`. Any warning, such as a link that leads nowhere, is an error."""

project = "Ten Hours"
author = "Ten Hours contributors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
nitpicky = True
html_theme = "furo"
html_title = "Ten Hours"
html_show_copyright = False
html_show_sphinx = False
