"""What people type: a line to a command and its options, in whatever order leaves every word a place."""
