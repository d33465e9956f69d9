"""Zuul's frozen job graphs from plain files, without a Zuul.

One package a step: `sources` finds the configuration files, `reading` makes objects of them,
`layout` combines the objects of a tenant's projects, `freezing` builds the graph of one project,
pipeline and branch.  `resolver` is the way in.  The rules are those of Zuul
14.3 (https://zuul-ci.org/docs/zuul/latest/project-config.html), explained with examples in the
manual's chapter "How a job graph is resolved".
"""
