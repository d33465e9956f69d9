"""`plan`: how long a job graph takes, and what would make it shorter."""
