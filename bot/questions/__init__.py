"""The bank of questions on fundamentals: a file for each area, written for this project, and how files are read."""
