"""Which port Retainer answers on, and whether it is free. Standard library alone: asked before an installation."""

import errno
import os
import socket

from config.failure import Failure

LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def chosen_port() -> int:
    """The port that `PORT` names, 8000 unless it does."""
    raw = os.environ.get("PORT") or "8000"
    if not raw.isascii() or not raw.isdigit() or not 0 < int(raw) < 65536:
        raise Failure(f"PORT must be a number from 1 to 65535, not {raw!r}: for example PORT=8001 make run.")
    return int(raw)


def addresses(port: int) -> list[str]:
    """Both meanings of localhost on this machine, as `host:port`; a port that is taken is a Failure.

    Both, because a browser that asks for localhost may try either first.
    """
    free = []
    for family, host in LOOPBACKS:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                # What a web server sets too: a connection that lingers after a stop keeps no port busy.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            raise Failure(
                f"Port {port} is for the system alone: choose one above 1023, for example PORT=8001."
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Failure(
                    f"Port {port} is taken by another program: stop that one, or choose another port, for example "
                    f"PORT={port + 1} make run."
                ) from None
            continue  # This machine has no IPv6.
        free.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return free
