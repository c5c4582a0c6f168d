"""Benchmarks: each compares with a limit or with the bare library in the same run, and prints ratios."""
