"""Where Zuul finds configuration: repositories, branches, files."""
