"""Domain values to cards: what is said and in which order; no decision is taken here."""
