"""Telling systemd how the process stands, where it wants to know (``Type=notify``)."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

SOCKET = "NOTIFY_SOCKET"


def tell(state: str) -> None:
    """ "READY=1" or "STOPPING=1"; nobody is told where nobody asked."""
    address = os.environ.get(SOCKET, "")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as there:
        there.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)
