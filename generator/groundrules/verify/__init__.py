"""Documented promises compared with the facts of real nodes.

The flow is the same for one file and for a million builds::

    files, Ansible, Zuul's logs ─ NodeFacts ─ facts store ─ questions ─ MeasuredPromise ─ report
                                               (Parquet)      (Ibis)         │
    records ─ NodePromise (by kind of node and day) ───────────┘        data/measured/

A node keeps a promise only if it has the fact and the fact is within the bounds.  What is
missing, unreadable or of an unknown label is counted apart.
"""
