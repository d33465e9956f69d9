"""`Catalogue` → pages: plan (which there are), render (their text), write (the files)."""

FEED = "changes.atom"
"""What the feed of changes is called, at the top of the site."""
