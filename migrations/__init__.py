"""The history of the database's schema; `HEAD` is the revision that this version of the program works on."""

HEAD = "0019"
