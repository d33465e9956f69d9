"""Zuul's REST API: a client that reads a running Zuul, and nothing unless it is asked to."""
