"""Parts that several commands share: options and how they are read, look-ups, and work that more than one does."""
