"""What the verbs of the command line do, one module for those that belong together; each is loaded when it is typed."""
