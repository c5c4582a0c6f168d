"""`tenhours check`: looks at everything that can go wrong on somebody's small server, and changes nothing."""
