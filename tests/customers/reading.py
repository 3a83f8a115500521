"""How the tests of the directory read a page: the words that people see, and the links of a pager."""

import re
from html import unescape

from django.http import HttpResponse


def text(markup: str) -> str:
    """The words, with single spaces between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def turned(response: HttpResponse, name: str) -> str:
    """The address of "previous" or "next"; empty where there is none."""
    (attributes,) = re.findall(rf'<a [^>]*id="{name}"[^>]*>', response.content.decode())
    found = re.search(r' href="([^"]*)"', attributes)
    return unescape(found[1]) if found else ""
