"""What the rules answer with: problems, and the exception that carries them out of a transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

type Path = tuple[str | int, ...]


class Kind(StrEnum):
    """What sort of problem it is; doors turn it into a status code."""

    VALIDATION = "validation"
    REQUIRED = "required"
    CONFLICT = "conflict"
    NOT_FOUND = "not_found"
    GONE = "gone"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Holder:
    """The record that already holds a value which must be unique."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input.

    `code` is the rule (`"C9"`), `name` its public name (`"customer_already_exists_with_email"`), `path` leads
    to the value in the input (`("emails", 1, "email")`), `message` is a whole sentence that says how to fix it.
    `holder` names the record a taken value belongs to.
    """

    code: str
    path: Path
    message: str
    name: str = ""
    kind: Kind = Kind.VALIDATION
    holder: Holder | None = None


class Refused(Exception):
    """An operation wrote nothing, because of these problems; raised so that its transaction rolls back."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.code} {problem.message}" for problem in self.problems))
