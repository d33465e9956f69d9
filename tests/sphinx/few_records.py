"""The files of a manual that has one or two records of most kinds, and listings of them.

All its pages are read in a third of the time of the small manual's.
"""

from __future__ import annotations

from typing import Final

FEW_RECORDS: Final = {
    "conf.py": 'extensions = ["groundrules.sphinxext"]\nhtml_theme = "basic"\n',
    "source/index.rst": """\
Rules
=====

.. ci:glance::

.. toctree::

   listings
   roles
   generated/expectations/index
   generated/platforms/index
   generated/graphs/index
   generated/sessions/index
   generated/changes
""",
    "source/roles.rst": """\
Roles
=====

:ci:platform:`vm`, :ci:expectation:`swap`, :ci:graph:`deploy` and :ci:job:`gitea`.
""",
    "source/listings.rst": """\
Listings
========

.. ci:expectations::
   :topic: memory

.. ci:matrix::
   :topic: network

.. ci:graph:: deploy
""",
    "data/manual.yaml": """\
title: Rules
publisher: Us
summary: Rules.
configurations: [{id: deployment, title: Our deployment}]
""",
    "data/platforms/vm.yaml": """\
id: vm
title: Machine
summary: >-
  It has :ci:expectation:`swap` and perhaps
  :ci:expectation:`ipv6`.
""",
    "data/expectations/memory.yaml": """\
topic: memory
title: Memory
expectations:
  - {id: swap, title: Swap, standing: not-guaranteed, statement: There may be no swap at all.}
""",
    "data/expectations/network.yaml": """\
topic: network
title: Network
expectations:
  - {id: ipv6, title: An IPv6 address, standing: varies, statement: Some clouds give one.}
""",
    "data/graphs/deploy.yaml": """\
id: deploy
title: How the servers are deployed
configuration: deployment
project: team/config
pipelines: [deploy]
jobs:
  - name: base
  - name: gitea
    waits_for: [{job: base, why: The firewall comes first.}]
    note: It is *slow*.
""",
}
