"""Dependencies → the text of Zuul's files, verified by the resolver."""
