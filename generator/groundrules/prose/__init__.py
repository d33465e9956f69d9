"""reStructuredText of records, checked by docutils; imports no Sphinx."""
