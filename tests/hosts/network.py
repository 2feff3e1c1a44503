"""Hosts on one machine: a network namespace each, joined by a bridge, with cables that can be cut.

Root gets a network of its own, anybody else one inside a user namespace, where the kernel allows
that. Linux only. A cut cable says nothing: packets are lost, and connections hang until they are
given up.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable

from pyroute2 import IPRoute

from config.run import stop_with_parent
from tests.faults.mounts import NotPossibleHereError
from tests.namespaces import call, move_into_own

NEW_NETWORK = 0x4000_0000  # unshare(2), setns(2)
BRIDGE, CABLE_END = "lan", "eth0"
SUBNET = "10.77.0"
HERE = f"{SUBNET}.1"  # where the phones and the receiver of pushes are
PREFIX_LENGTH = 24
NOBODY = "02:00:00:00:00:99"  # a network card that does not exist


def separate_network() -> None:
    """Leave the machine's network for one of our own. Call it before any thread is started.

    Raises NotPossibleHereError where the kernel does not allow it.
    """
    if sys.platform != "linux":
        raise NotPossibleHereError("network namespaces exist on Linux only")
    try:
        move_into_own(NEW_NETWORK)
    except OSError as error:
        raise NotPossibleHereError(f"no network of one's own: {error.strerror}") from error


class Host:
    """One host: whatever enters it has its network and no other."""

    def __init__(self, name: str, number: int) -> None:
        self.name, self.number = name, number
        self.address = f"{SUBNET}.{number}"
        # The namespace lasts as long as a process is in it.
        self.holder = subprocess.Popen(["sleep", "infinity"], preexec_fn=_in_a_new_network)  # noqa: PLW1509, S607
        self._namespace = os.open(f"/proc/{self.holder.pid}/ns/net", os.O_RDONLY | os.O_CLOEXEC)

    def enter(self) -> None:
        """Move the calling process, or thread, into this host; for `preexec_fn`."""
        stop_with_parent()
        call("setns", self._namespace, NEW_NETWORK)

    def do(self, work: Callable[[IPRoute], None]) -> None:
        """Do something to the network of this host."""
        failures: list[BaseException] = []

        def in_the_host() -> None:
            try:
                call("setns", self._namespace, NEW_NETWORK)
                with IPRoute() as network:
                    work(network)
            except Exception as error:
                failures.append(error)

        thread = threading.Thread(target=in_the_host)
        thread.start()
        thread.join()
        if failures:
            raise failures[0]

    def lose(self, other: "Host") -> None:
        """Let nothing this host sends reach the other one."""
        self.do(lambda network: _neighbor(network, "replace", other, lladdr=NOBODY, state=0x80))

    def find(self, other: "Host") -> None:
        """Undo `lose`."""
        self.do(lambda network: _neighbor(network, "del", other))

    def stop(self) -> None:
        self.holder.kill()
        self.holder.wait()
        os.close(self._namespace)


class Network:
    """The bridge, which stands where this process is, and a cable to each host."""

    def __init__(self) -> None:
        self.hosts: dict[str, Host] = {}
        self._here = IPRoute()
        _up(self._here, "lo")
        self._here.link("add", ifname=BRIDGE, kind="bridge")
        _address(self._here, BRIDGE, HERE)
        _up(self._here, BRIDGE)

    def add(self, name: str) -> Host:
        """Join a new host."""
        host = Host(name, 11 + len(self.hosts))
        self.hosts[name] = host
        cable = _cable(host)
        self._here.link("add", ifname=cable, kind="veth", peer=CABLE_END)
        [far_end] = self._here.link_lookup(ifname=CABLE_END)
        self._here.link("set", index=far_end, net_ns_pid=host.holder.pid)
        [bridge] = self._here.link_lookup(ifname=BRIDGE)
        [near_end] = self._here.link_lookup(ifname=cable)
        self._here.link("set", index=near_end, master=bridge, state="up")
        host.do(lambda network: _furnish(network, host))
        return host

    def cut(self, host: Host) -> None:
        """Cut the cable of a host."""
        self._set(host, "down")

    def mend(self, host: Host) -> None:
        """Mend the cable of a host."""
        self._set(host, "up")

    def stop(self) -> None:
        for host in self.hosts.values():
            host.stop()
        self._here.close()

    def _set(self, host: Host, state: str) -> None:
        [near_end] = self._here.link_lookup(ifname=_cable(host))
        self._here.link("set", index=near_end, state=state)


def _in_a_new_network() -> None:
    stop_with_parent()
    call("unshare", NEW_NETWORK)


def _cable(host: Host) -> str:
    return f"to-{host.name}"


def _furnish(network: IPRoute, host: Host) -> None:
    _up(network, "lo")
    _address(network, CABLE_END, host.address)
    _up(network, CABLE_END)


def _up(network: IPRoute, name: str) -> None:
    [index] = network.link_lookup(ifname=name)
    network.link("set", index=index, state="up")


def _address(network: IPRoute, name: str, address: str) -> None:
    [index] = network.link_lookup(ifname=name)
    network.addr("add", index=index, address=address, prefixlen=PREFIX_LENGTH)


def _neighbor(network: IPRoute, command: str, other: Host, **more: object) -> None:
    [index] = network.link_lookup(ifname=CABLE_END)
    network.neigh(command, dst=other.address, ifindex=index, **more)
