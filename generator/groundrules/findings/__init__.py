"""Which findings are reported: selection, ignores, baseline, fingerprints and causes."""
