"""The bytes of a configuration file parsed into objects."""
