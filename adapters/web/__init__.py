"""Pages in the browser, made of the cards and forms that the other platforms show."""
