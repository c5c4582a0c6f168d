"""One line of a benchmark's result."""


def line(what: str, measured: float, limit: float, *, more: bool = False) -> str:
    """`ok    0.45 (limit ≥ 0.3)  what`; `more` says that more is better."""
    is_met = measured >= limit if more else measured <= limit
    return f"{'ok  ' if is_met else 'MISS'}  {measured:8.3f}  (limit {'≥' if more else '≤'} {limit:g})  {what}"
