"""`Catalogue` → pages: plan (the list of pages), render (their text), write (the files)."""

GENERATED = "generated"
"""The folder of generated pages, in the source folder and in the site."""

FEED = "changes.atom"
"""The file name of the feed of changes, at the top of the site."""
