"""Claims: the statements of the data about configurations, and the verdicts on them."""
