"""The core: what a study group is promised and how it is kept, without a word about any chat platform."""
