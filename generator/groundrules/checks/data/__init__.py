"""Records checked against each other and against themselves."""
