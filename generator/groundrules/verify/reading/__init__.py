"""Facts of nodes, read from files that strangers wrote.

A document is read by `facts_of`, which takes bytes and opens nothing: host-info files of Zuul's
``validate-host`` role, the output of Ansible's ``setup`` module, and facter's.  `inventory_kinds`
reads the labels of nodes from Zuul's ``inventory.yaml``.
"""

from __future__ import annotations

from groundrules.verify.reading.asked_facts import AskedFacts
from groundrules.verify.reading.fact_document import LARGEST, facts_of
from groundrules.verify.reading.zuul_inventory import inventory_kinds

__all__ = ["LARGEST", "AskedFacts", "facts_of", "inventory_kinds"]
