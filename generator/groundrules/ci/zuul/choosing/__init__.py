"""The jobs that run for one change, with the reasons."""
