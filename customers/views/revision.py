"""The revision that a form carries: what the person has looked at."""


def revision(text: str) -> int | str:
    """A revision as it was sent; what is none is passed on as text, which no stored revision equals (C51)."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text
