"""Job graphs and the definitions of a configuration, independent of the CI system."""
