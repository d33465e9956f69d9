"""Facts of nodes that are fetched: builds of a running Zuul, and lists of addresses.

A request names what to fetch; `fetched_builds` yields the documents of each build, which are read
as those in a folder are.  Only ``--fetch`` makes a request.
"""
