"""Zuul's frozen job graphs, from files and without a running Zuul.

Each step is a package: `sources` finds the configuration files, `reading` parses them into
objects, `layout` combines the objects of a tenant's projects, `freezing` builds the graph of one
project, pipeline and branch.  `resolver` is the entry point.  The rules are those of Zuul 14.3
(https://zuul-ci.org/docs/zuul/latest/project-config.html), explained with examples in the
manual's chapter "How a job graph is resolved".
"""
