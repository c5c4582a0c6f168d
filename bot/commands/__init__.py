"""One file, one command: its options and its handler, nothing else. `registry` lists them all."""
