"""Finds Zuul's configuration: repositories, branches and files."""
