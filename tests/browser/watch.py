"""What a browser reports against the pages that a test opens."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

_POLICY = "Content Security Policy"
# Chromium says most breaches on the console by itself; the event says them all, in a way that no wording can escape.
_REPORT_BREACHES = f"""
    document.addEventListener("securitypolicyviolation", (event) => console.error(
        `{_POLICY} breach of ${{event.violatedDirective}} by ${{event.blockedURI}} in ${{event.documentURI}}`));
"""
# How Chromium calls a request that it gave up because the person went on.
_LEFT_BEHIND = "net::ERR_ABORTED"


class Watch:
    """Collects breaches of the policy, errors of scripts, answers of 500 and more, and files that did not come."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of this window."""
        context.add_init_script(_REPORT_BREACHES)
        context.on("console", self._hear)
        context.on("weberror", lambda failure: self.complaints.append(f"Script: {failure.error}"))
        context.on("response", self._receive)
        context.on("requestfailed", self._miss)

    def forgive(self, *expected: str) -> None:
        """Take off the complaints that a test has caused on purpose, which must be exactly these."""
        assert self.complaints == list(expected)
        self.complaints.clear()

    def _hear(self, message: ConsoleMessage) -> None:
        if _POLICY in message.text or "Content-Security-Policy" in message.text:
            self.complaints.append(f"{message.text} ({message.page and message.page.url})")

    def _receive(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and _is_file(response.url)):
            self.complaints.append(f"{response.status} {response.request.method} {_path(response.url)}")

    def _miss(self, request: Request) -> None:
        if request.failure != _LEFT_BEHIND:
            self.complaints.append(f"{request.failure} {request.method} {_path(request.url)}")


def _path(url: str) -> str:
    return urlsplit(url).path


def _is_file(url: str) -> bool:
    return _path(url).startswith("/static/")
