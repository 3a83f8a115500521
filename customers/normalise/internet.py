"""The one spelling of email addresses and domains."""

import re
from functools import lru_cache
from typing import NamedTuple

import idna

from customers.normalise.values import text

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|mailto:", re.IGNORECASE)
_PORT = re.compile(r":[0-9]*$")
# Far above the 253 characters of a name, so that an address inside a long URL is still found.
_LONGEST_HOST = 1000


class EmailForms(NamedTuple):
    """An address as it is shown, and as it is compared."""

    value: str
    norm: str


class DomainForms(NamedTuple):
    """A domain as machines compare it (A-labels), and as people read it (U-labels)."""

    ascii: str
    unicode: str


def email(value: str) -> EmailForms:
    """N2: the domain becomes lower-case ASCII; compared is the whole address in lower case, dots and plus kept."""
    typed = text(value)
    local, at, host = typed.rpartition("@")
    ascii_host = _ascii(host) if at else ""
    address = f"{local}@{ascii_host}" if ascii_host else typed
    return EmailForms(address, address.lower())


@lru_cache(maxsize=4096)
def domain(value: str) -> DomainForms | None:
    """N4: find the domain in a URL, an email or a host; None when there is no name that DNS could hold."""
    host = _ascii(_host(text(value))).removesuffix(".")
    # "www.com" is a name of its own, so what is left must still have a dot.
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    if not host:
        return None
    return DomainForms(host, idna.decode(host))


def _host(address: str) -> str:
    """Cut scheme, path, user and port off an address."""
    scheme = _SCHEME.match(address)
    rest = address[scheme.end() :] if scheme else address
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    return _PORT.sub("", authority.rpartition("@")[2])


@lru_cache(maxsize=4096)
def _ascii(host: str) -> str:
    """Encode a host by IDNA 2008 after the mapping of UTS 46, so that faß.de is not fass.de; "" when it cannot be."""
    if len(host) > _LONGEST_HOST:
        return ""
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii").lower()
    except UnicodeError:
        return ""
