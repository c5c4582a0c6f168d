"""One line of a benchmark's result: a ratio with its limit, or one that is only told."""


def line(what: str, measured: float, limit: float, *, more: bool = False) -> str:
    """`ok    0.45 (limit ≥ 0.3)  what`; `more` says that more is better."""
    is_met = measured >= limit if more else measured <= limit
    return f"{'ok  ' if is_met else 'MISS'}  {measured:8.3f}  (limit {'≥' if more else '≤'} {limit:g})  {what}"


def told(what: str, measured: float) -> str:
    """`      45.10  (no limit)   what`: for whoever wants to know what a ratio with a limit leaves out."""
    return f"      {measured:8.3f}  (no limit)   {what}"
