"""`Catalogue` → pages: plan (which there are), render (their text), write (the files)."""

GENERATED = "generated"
"""The folder of generated pages, in the folder of sources and so in the site."""

FEED = "changes.atom"
"""What the feed of changes is called, at the top of the site."""
