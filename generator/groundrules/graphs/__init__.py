"""Which job waits for which, and what a configuration defines; knows no CI system."""
