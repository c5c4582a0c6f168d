"""The names of what `tenhours setup` can change beside the platforms; the command line offers them at every start."""

SERVICE = "service"
LATER_NAMES = ("zone", "goal", "pages", "database", "health")
THINGS = (*LATER_NAMES, SERVICE)
