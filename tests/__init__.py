"""A package of its own, so that no `tests` which a dependency has installed can stand in its place."""
