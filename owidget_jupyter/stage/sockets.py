"""Sockets that listen on loopback only."""

from __future__ import annotations

import contextlib
import errno
import socket

from tornado.netutil import bind_sockets

_PORT_TRIES = 8


def loopback_sockets(port: int | None) -> list[socket.socket]:
    """Return sockets of one port on 127.0.0.1 and, where there is one, on ::1.

    Args:
        port: The very port, and no other; None for any that is free.

    Raises:
        OSError: if it cannot be had, with a message for the person who set it.
    """
    if port is not None:
        try:
            return _in_all_families(port)
        except OSError as error:
            raise _refusal(port, error) from error
    for _ in range(_PORT_TRIES):
        with contextlib.suppress(OSError):  # free on 127.0.0.1 only
            return _in_all_families(0)
    raise OSError("no port is free on both 127.0.0.1 and ::1")


def also_on(address: str, port: int) -> list[socket.socket]:
    """Return a socket of a port on one more loopback address.

    Raises:
        OSError: if it cannot be had.
    """
    try:
        return bind_sockets(port, address=address)
    except OSError as error:
        raise OSError(f"port {port} is not free on {address}: {error.strerror}") from error


def _in_all_families(port: int) -> list[socket.socket]:
    sockets = bind_sockets(port, address="127.0.0.1")
    try:
        # A browser may try ::1 first for "localhost": nobody else may have the port there.
        with contextlib.suppress(_NoIPv6):
            sockets += _ipv6_sockets(sockets[0].getsockname()[1])
    except OSError:
        for sock in sockets:
            sock.close()
        raise
    return sockets


def _refusal(port: int, error: OSError) -> OSError:
    if error.errno == errno.EADDRINUSE:
        return OSError(
            f"stage_port {port} is taken by something else on this machine; end that, or set "
            "another port"
        )
    return OSError(f"stage_port {port} cannot be had here ({error.strerror}); set another port")


class _NoIPv6(Exception):
    """This machine has no IPv6 loopback address."""


def _ipv6_sockets(port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, address="::1", family=socket.AF_INET6)
    except socket.gaierror as error:
        raise _NoIPv6 from error
    except OSError as error:
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            raise _NoIPv6 from error
        raise
