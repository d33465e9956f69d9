"""Decides which findings are reported: selection, ignores, baseline, fingerprints and causes."""
