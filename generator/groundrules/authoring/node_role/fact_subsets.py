"""`subset_of`: the subset of Ansible's module ``setup`` that gathers a fact."""

from __future__ import annotations

ALL = "all"
"""The subset for facts of which it is not known who gathers them."""

# subset → how the names of its facts begin, without ``ansible_``; the collectors of ansible-core
# have more facts than the ids by which they can be asked for
_BEGINNINGS = {
    "apparmor": ("apparmor",),
    "caps": ("system_capabilities",),
    "chroot": ("is_chroot",),
    "cmdline": ("cmdline", "proc_cmdline"),
    "date_time": ("date_time",),
    "distribution": ("distribution", "os_family"),
    "dns": ("dns",),
    "env": ("env",),
    "fips": ("fips",),
    "hardware": (
        *("bios", "board", "chassis", "device_links", "devices", "form_factor", "lvm", "mem"),
        *("mounts", "processor", "product", "swap", "system_vendor", "uptime"),
    ),
    "iscsi": ("iscsi",),
    "loadavg": ("loadavg",),
    "local": ("local",),
    "lsb": ("lsb",),
    "network": ("all_ipv", "default_ipv", "interfaces"),
    "pkg_mgr": ("pkg_mgr",),
    "platform": (
        *("architecture", "domain", "fqdn", "hostname", "kernel", "machine", "nodename"),
        *("python_version", "system", "userspace"),
    ),
    "python": ("python",),
    "selinux": ("selinux",),
    "service_mgr": ("service_mgr",),
    "ssh_pub_keys": ("ssh_host_key",),
    "systemd": ("systemd",),
    "user": ("effective_", "real_group_id", "real_user_id", "user_"),
    "virtual": ("virtualization",),
}
_SUBSETS = {start: subset for subset, starts in _BEGINNINGS.items() for start in starts}


def subset_of(name: str) -> str:
    """Return the subset that gathers a fact, by its name without ``ansible_``.

    Of several beginnings of the name, the longest one counts.

    >>> subset_of("memtotal_mb"), subset_of("system_vendor"), subset_of("system"), subset_of("mine")
    ('hardware', 'hardware', 'platform', 'all')
    """
    starts = [start for start in _SUBSETS if name.startswith(start)]
    return _SUBSETS[max(starts, key=len)] if starts else ALL
