"""Which graphs are planned, of a manual or a configuration, and their plans."""
