"""The job graph of one project, pipeline and branch."""
