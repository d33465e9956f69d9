"""The users of an object of Zuul's configuration, and the graphs without it."""
