"""Documented dependencies → changes of the real configuration, proven by resolving it again."""
