"""What a browser sends for a form: every input with the value that the page gave it."""

from __future__ import annotations

from html.parser import HTMLParser


class _Inputs(HTMLParser):
    def __init__(self, *, with_script: bool, form_id: str) -> None:
        super().__init__()
        self.with_script = with_script
        self.form_id = form_id
        self.sent: dict[str, str] = {}
        self.names: dict[str, None] = {}
        self.errors: dict[str, str] = {}
        self._skipping = 0
        self._form = False
        self._select = self._textarea = ""
        self._is_first_option = False
        self._invalid: dict[str, str] = {}
        self._in_error: str | None = None
        self._described_by = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = given.get("id") == self.form_id
        if tag == "noscript" and self.with_script:
            self._skipping += 1
        if self._skipping or not self._form:
            return
        if tag == "fieldset":
            self._described_by = given.get("aria-describedby", "")
        if given.get("aria-invalid"):
            # Radio buttons are described by the fieldset around them.
            self._invalid[given.get("aria-describedby", self._described_by).split()[-1]] = given["name"]
        if given.get("id", "").endswith("_error"):
            self._in_error = self._invalid.get(given["id"], given["id"])
            self.errors[self._in_error] = ""
        if tag in ("input", "select", "textarea") and "disabled" not in given:
            self._input(tag, given)
        if tag == "option" and self._select and (self._is_first_option or "selected" in given):
            self.sent[self._select] = given.get("value", "")
            self._is_first_option = False

    def _input(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type")
        self.names[name] = None
        if tag == "select":
            self._select, self._is_first_option = name, True
        elif tag == "textarea":
            self._textarea, self.sent[name] = name, ""
        elif kind not in ("checkbox", "radio"):
            self.sent[name] = given.get("value", "")
        elif "checked" in given:
            self.sent[name] = given.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        if tag == "noscript" and self.with_script:
            self._skipping -= 1
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            # A browser drops the first line break behind the tag.
            self.sent[self._textarea] = self.sent[self._textarea].removeprefix("\n").removeprefix("\r\n")
            self._textarea = ""
        if tag == "div":
            self._in_error = None
        if tag == "form":
            self._form = False

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.sent[self._textarea] += data
        if self._in_error is not None:
            self.errors[self._in_error] += data
            if data.endswith("."):
                self.errors[self._in_error] += " "


def _read(html: str, *, with_script: bool, form_id: str = "customer-form") -> _Inputs:
    inputs = _Inputs(with_script=with_script, form_id=form_id)
    inputs.feed(html)
    return inputs


def filled(html: str, *, with_script: bool = True, form_id: str = "customer-form") -> dict[str, str]:
    """The names and values that a browser sends when nothing is touched."""
    return _read(html, with_script=with_script, form_id=form_id).sent


def input_names(html: str, *, with_script: bool = True) -> list[str]:
    """Every input that can be sent, ticked or not."""
    return list(_read(html, with_script=with_script).names)


def errors_at(html: str) -> dict[str, str]:
    """The inputs that are marked as wrong, with the words beside them."""
    read = _read(html, with_script=True)
    assert set(read._invalid.values()) <= set(read.errors)
    return {name: " ".join(text.split()) for name, text in read.errors.items()}
