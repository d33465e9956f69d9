"""Made-up host-info files of any number of builds, in a few tar archives, with planted violations.

    python benchmarks/made_up_facts.py FOLDER [--nodes 1000000]

``FOLDER`` gets ``data/`` with the promises, and ``facts-NN.tar`` with two files for each build, as
Zuul's logs have them: the facts of the node as Ansible writes them (about 680 lines and 13 kB,
which is what OpenDev's have) and the inventory with its label, provider and region.  A million
builds have 15 GB; as files they would also need two million inodes.

The builds are in the order of time, on 60 days, of five labels from four providers.  `PLANTED`
says what is wrong with some of them; all others keep all promises.
"""

from __future__ import annotations

import argparse
import io
import random
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

LABELS = ("centos-10", "debian-13", "rocky-10", "ubuntu-jammy", "ubuntu-noble")
PROVIDERS = (("ovh", "BHS1"), ("ovh", "GRA1"), ("rax", "DFW"), ("rax", "ORD"), ("vexxhost", "CA"))
DAYS = 60
FIRST = date(2026, 10, 1)
A_TAR = 100_000  # builds
NEW_NETWORK = 45  # the day from which CentOS from rax DFW has a smaller MTU

PLANTED = {
    "less": "2 % of the nodes from ovh BHS1 have half of the memory",
    "more": "0.5 % of debian-13 from ovh GRA1 have twice the processors",
    "since": "all of centos-10 from rax DFW have a smaller MTU from day 45 on",
    "drift": "the memory of rocky-10 from vexxhost CA shrinks by 1 MB a day",
    "two kinds": "20 % of ubuntu-jammy from rax ORD have 8 % more memory",
}


@dataclass(frozen=True)
class Build:
    """A node in a build: where it came from, when, and its facts that vary."""

    number: int
    label: str
    provider: str
    region: str
    time: datetime
    memory: int
    processors: int
    mtu: int


def builds(number: int) -> Iterator[Build]:
    """Yield builds in the order of time; the same ones for the same number."""
    draw = random.Random(0)  # noqa: S311
    start = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    for at in range(number):
        day, second = divmod(at * DAYS * 86_400 // number, 86_400)
        label, (provider, region) = draw.choice(LABELS), draw.choice(PROVIDERS)
        memory = 7_960 + draw.randrange(-6, 7) + draw.randrange(-6, 7)
        processors, mtu, chance = 8, 1_450, draw.random()
        if (provider, region) == ("ovh", "BHS1") and chance < 0.02:
            memory //= 2
        match label, region:
            case "debian-13", "GRA1" if chance < 0.005:
                processors = 16
            case "centos-10", "DFW" if day >= NEW_NETWORK:
                mtu = 1_300
            case "rocky-10", "CA":
                memory -= day
            case "ubuntu-jammy", "ORD" if chance < 0.2:
                memory += 640
        time = start + timedelta(days=day, seconds=second)
        yield Build(at, label, provider, region, time, memory, processors, mtu)


def write(folder: Path, number: int) -> None:
    """Write the data and the archives."""
    for name, text in DATA.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    template, archive = Template(), None
    for build in builds(number):
        if build.number % A_TAR == 0:
            if archive:
                archive.close()
            archive = tarfile.open(folder / f"facts-{build.number // A_TAR:02}.tar", "w")  # noqa: SIM115
        assert archive  # noqa: S101
        for name, data in template.files(build):
            member = tarfile.TarInfo(f"logs/{build.number:07}/zuul-info/{name}")
            member.size, member.mtime = len(data), int(build.time.timestamp())
            archive.addfile(member, io.BytesIO(data))
    if archive:
        archive.close()


class Plain(yaml.SafeDumper):
    """Writes repeated values again, as they are in facts that came as JSON."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class Template:
    """The text of the files, of which a few values are replaced for each build."""

    def __init__(self) -> None:
        text = yaml.dump(made_up_host(), Dumper=Plain, indent=4)
        self.facts = text.replace("%", "%%")
        for mark, key in MARKS.items():
            self.facts = self.facts.replace(str(mark), f"%({key})s")

    def files(self, build: Build) -> Iterator[tuple[str, bytes]]:
        """Yield the names and contents of a build's files."""
        values = {
            "memory": build.memory,
            "processors": build.processors,
            "mtu": build.mtu,
            "time": f"{build.time:%Y-%m-%dT%H:%M:%SZ}",
            "number": f"{build.number:010}",
        }
        yield f"host-info.{build.label}.yaml", (self.facts % values).encode()
        yield "inventory.yaml", (INVENTORY % vars(build)).encode()


INVENTORY = """\
all:
  hosts:
    %(label)s:
      ansible_connection: ssh
      ansible_host: 192.0.2.%(number)d
      ansible_port: 22
      ansible_user: zuul
      nodepool:
        az: nova
        cloud: %(provider)s
        external_id: 00000000-0000-0000-0000-%(number)012d
        label: %(label)s
        provider: %(provider)s
        region: %(region)s
  vars:
    zuul:
      build: '%(number)032x'
      job: unit
"""
# what stands in the template for a value
MARKS = {
    71717171: "memory",
    72727272: "processors",
    73737373: "mtu",
    "TTIMEE": "time",
    "NNODEE": "number",
}


def made_up_host() -> dict[str, Any]:
    """Return facts with the keys and the size of those of a virtual machine."""
    network = {"address": "192.0.2.7", "broadcast": "192.0.2.255", "netmask": "255.255.255.0"}
    interface = {
        "active": True,
        "device": "ens3",
        "features": {f"tx_feature_{at}": "off [fixed]" for at in range(60)},
        "ipv4": network,
        "ipv6": [{"address": "fe80::f816:3eff:fe00:1", "prefix": "64", "scope": "link"}],
        "macaddress": "fa:16:3e:00:00:01",
        "mtu": 73737373,
        "promisc": False,
        "type": "ether",
    }
    partition = {"holders": [], "sectors": 167770079, "sectorsize": 512, "size": "80.00 GB"}
    device = {
        "host": "SCSI storage controller: Red Hat, Inc. Virtio block device (rev 01)",
        "partitions": {f"vda{at}": partition for at in range(1, 5)},
        "rotational": "1",
        "sectors": 167772160,
        "vendor": "0x1af4",
    }
    mount = {
        "block_available": 15_000_000,
        "block_size": 4096,
        "device": "/dev/vda1",
        "fstype": "ext4",
        "mount": "/",
        "options": "rw,relatime,errors=remount-ro",
        "size_total": 82_086_711_296,
    }
    facts: dict[str, Any] = {
        "all_ipv4_addresses": ["192.0.2.7"],
        "apparmor": {"status": "enabled"},
        "architecture": "x86_64",
        "bios_date": "04/01/2014",
        "cmdline": {f"parameter.{at}": f"value-{at}" for at in range(20)},
        "date_time": {
            "date": "2026-11-30",
            "epoch": "1796061740",
            "iso8601": "TTIMEE",
            "tz": "UTC",
        },
        "default_ipv4": {**network, "gateway": "192.0.2.1", "mtu": 73737373},
        "devices": {f"vd{letter}": device for letter in "abc"},
        "distribution": "Debian",
        "distribution_major_version": "13",
        "distribution_release": "trixie",
        "distribution_version": "13.1",
        "ens3": interface,
        "env": {f"VARIABLE_{at}": f"/usr/lib/{at}: it's a path" for at in range(30)},
        "fqdn": "np-NNODEE",
        "hostname": "np-NNODEE",
        "interfaces": ["lo", "ens3"],
        "kernel": "6.12.41+deb13-amd64",
        "lo": {**interface, "mtu": 65536},
        "lsb": {"description": "Debian GNU/Linux 13 (trixie)", "id": "Debian", "release": "13"},
        "memory_mb": {"nocache": {"free": 7500, "used": 400}, "real": {"total": 71717171}},
        "memtotal_mb": 71717171,
        "mounts": [mount, {**mount, "mount": "/opt"}],
        "os_family": "Debian",
        "processor": [text for at in range(8) for text in (str(at), "GenuineIntel", "Xeon CPU")],
        "processor_count": 1,
        "processor_nproc": 72727272,
        "processor_vcpus": 72727272,
        "python": {"executable": "/usr/bin/python3", "version": {"major": 3, "minor": 13}},
        "python_version": "3.13.5",
        "service_mgr": "systemd",
        "ssh_host_key_ed25519_public": "AAAAC3NzaC1lZDI1NTE5AAAAI" + "x" * 43,
        "ssh_host_key_rsa_public": "AAAAB3NzaC1yc2EAAAADAQABAAABgQ" + "y" * 520,
        "swaptotal_mb": 0,
        "system": "Linux",
        "userspace_bits": "64",
        "virtualization_role": "guest",
        "virtualization_tech_guest": ["kvm"],
        "virtualization_type": "kvm",
    }
    facts |= {f"made_up_{at:02}": f"value of the fact {at}" for at in range(100)}
    return {f"ansible_{key}": value for key, value in facts.items()}


_LABELS = "".join(f"  - {{name: {name}, operating_system: Linux}}\n" for name in LABELS)
_PROVIDERS = "".join(
    f"  - {{name: {name}, region: {region}, status: active, as_of: {FIRST}}}\n"
    for name, region in PROVIDERS
)
DATA = {
    "manual.yaml": "{title: Made up, publisher: Us, summary: Made up.}\n",
    "platforms/vm.yaml": (
        f"id: vm\ntitle: VM\nsummary: A machine.\nlabels:\n{_LABELS}providers:\n{_PROVIDERS}"
    ),
    "expectations/machine.yaml": """\
topic: machine
title: Machine
expectations:
  - id: memory
    title: Memory
    standing: guaranteed
    statement: A node has 8 GB of memory.
    measure: {fact: ansible_memtotal_mb, at_least: 7600, at_most: 9000, unit: MB}
  - id: processors
    title: Processors
    standing: guaranteed
    statement: A node has 8 processors.
    measure: {fact: ansible_processor_vcpus, at_least: 8, at_most: 8}
  - id: mtu
    title: MTU
    standing: guaranteed
    statement: Packets have at least 1400 bytes.
    measure: {fact: ansible_default_ipv4.mtu, at_least: 1400, at_most: 1500}
  - id: architecture
    title: Architecture
    standing: guaranteed
    statement: It is an x86-64.
    measure: {fact: ansible_architecture, equals: x86_64}
""",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    options = parser.parse_args()
    write(options.folder, options.nodes)


if __name__ == "__main__":
    main()
