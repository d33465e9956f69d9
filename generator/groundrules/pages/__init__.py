"""`Catalogue` → pages: plan (which there are), render (their text), write (the files)."""
