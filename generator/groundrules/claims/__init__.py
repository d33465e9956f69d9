"""What the data claim of configurations, and the verdicts on the claims."""
