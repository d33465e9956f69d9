"""Facts of nodes, read from files that strangers wrote.

A user's path leads to builds, documents of nodes in one folder or archive, and a
`FactReader`, which can be sent to another process, reads their facts::

    paths ─ builds_at ─ NodeBuild ─ FactReader.facts_in ─ NodeFacts, SkippedFacts

One document is read by `facts_of`, which takes bytes and opens nothing: host-info files of Zuul's
``validate-host`` role, the output of Ansible's ``setup`` module, and facter's.  `zuul_inventory`
reads the labels of nodes and the id of the build from Zuul's ``inventory.yaml``.
"""
