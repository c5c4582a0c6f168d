"""The only SQL outside the migrations: short statements beside the functions that use them.

`get` raises `LookupError` where there is nothing, `find` returns None or nothing; `list`, `count` and `sum` read many
rows; `save` replaces, `add` does not; `prune` deletes what is too old to be of use.
"""
