"""The command ``preview``: a manual in the browser, built again after each change.

Three processes: the command itself, the server, and the builder, in which Sphinx stays loaded.
A change of ``conf.py`` starts a new builder, while the server goes on.
"""
