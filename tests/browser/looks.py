"""How a page must look and read for everybody: axe finds nothing, and nothing is cut off beside the screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ALL = {"type": "tag", "values": _TAGS}
# The other colours change nothing else that axe looks at, and its other rules are most of the time it takes.
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_WINDOW = {"width": 1440, "height": 900}
_PHONE = {"width": 390, "height": 844}
_NARROWEST = {"width": 320, "height": 700}
_LOOKS = (("light", _WINDOW, _ALL), ("dark", _WINDOW, _COLOURS), ("light", _PHONE, _ALL))


def shortcomings(page: Page) -> list[str]:
    """What is wrong with the page as it stands: light, dark, on a phone and on the narrowest screen."""
    # What is about to be swapped is dimmed for a moment, and the swap would change the page under the eyes of axe.
    expect(page.locator(".htmx-request, [aria-busy=true]")).to_have_count(0)
    found: list[str] = []
    for scheme, size, rules in _LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        found += [f"{scheme}, {size['width']} px: {words}" for words in _violations(page, rules)]
    return found + sideways(page)


def sideways(page: Page) -> list[str]:
    """Where the page is wider than the screen; unlike axe it can tell that without JavaScript too."""
    found: list[str] = []
    for size in (_PHONE, _NARROWEST, _WINDOW):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {words}" for words in _beside_the_screen(page)]
    return found


def _violations(page: Page, rules: dict[str, object]) -> list[str]:
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} ({node.get('failureSummary', '').splitlines()[-1].strip()})"
        for rule in results
        for node in rule["nodes"]
    ]


def _beside_the_screen(page: Page) -> list[str]:
    """What makes the page wider than the screen, the narrowest culprits last."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const wide = [...document.body.querySelectorAll("*")].filter(
                (element) => element.getBoundingClientRect().right > width + 0.5);
            return [`the page scrolls sideways, widened by ${
                wide.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")}`];
        }"""
    )
