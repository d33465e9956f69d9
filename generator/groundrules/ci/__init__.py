"""Real configuration of CI systems → `groundrules.graph.JobGraph`."""
