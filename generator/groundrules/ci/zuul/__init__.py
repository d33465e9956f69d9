"""Zuul's frozen job graphs from plain files, without a Zuul.

One module a step: `files` finds what is configuration, `parse` makes objects of it, `tenant`
says which projects there are, `layout` puts their objects together, `freeze` builds the graph
of one project, pipeline and branch.  `resolver` is the way in.  The rules are those of Zuul
14.3 (https://zuul-ci.org/docs/zuul/latest/project-config.html), told with examples in the
manual's chapter "How a job graph is resolved".
"""
