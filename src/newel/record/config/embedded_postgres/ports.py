"""A port on 127.0.0.1: the last one while it is free, so that addresses kept elsewhere hold."""

import random
import socket
import struct
from collections.abc import Iterator

HOST = "127.0.0.1"
# Below the range from which systems take ports for outgoing connections.
_RANGE = range(20000, 32000)
# The first question of PostgreSQL's protocol, answered before any password.
_MAY_I_ENCRYPT = struct.pack("!ii", 8, 80877103)


def is_free(port: int) -> bool:
    with socket.socket() as tried:
        # As PostgreSQL does, so that connections just closed do not count.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """A PostgreSQL is at work there. Being let in is no proof: the kernel accepts for a process
    that is dying, and another program may have the port."""
    try:
        with socket.create_connection((HOST, port), timeout=5) as asked:
            asked.sendall(_MAY_I_ENCRYPT)
            return asked.recv(1) in (b"N", b"S")
    except OSError:
        return False


def free_ports(last: int | None) -> Iterator[int]:
    if last is not None and is_free(last):
        yield last
    for port in random.sample(_RANGE, 1000):
        if is_free(port):
            yield port
