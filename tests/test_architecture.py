"""The map of the house (docs/architecture.md), proved from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("core", "customers", "billing")
MAY_IMPORT = {
    "config": {"config"},
    "core": {"core"},
    "customers": {"core", "customers"},
    "billing": {"core", "customers", "billing"},
}
# Rooms of an app from the ground up: a module imports from its own room and from those below it.
LAYERS = (
    ("choices", "countries", "normalise", "rules", "state", "problems", "text"),
    ("models", "querysets"),
    ("rows", "changes"),
    ("operations",),
    (
        *("forms", "listing", "filters", "filter_fields", "chips", "tables"),
        *("exports", "imports", "presenting", "access", "demo"),
    ),
    ("views", "api", "admin", "management"),
    ("urls",),
)
PURE = (
    "core.text",
    "core.problems",
    "customers.normalise",
    "customers.rules",
    "customers.state",
    "customers.countries",
)
# The one pure module that must know what a database error looks like.
NOT_QUITE_PURE = {"customers.rules.constraints"}
BANNED_NAMES = {"utils", "helpers", "common", "misc", "util", "helper"}
MOST_LINES = 350


def _modules(*packages: str) -> list[tuple[str, Path]]:
    paths = (path for package in packages for path in sorted((ROOT / package).rglob("*.py")))
    return [(_dotted(path), path) for path in paths if "migrations" not in path.parts]


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def _layer(module: str) -> int | None:
    if _app(module) == "config":
        return None
    room = module.split(".")[1] if "." in module else ""
    return next((height for height, rooms in enumerate(LAYERS) if room in rooms), None)


SOURCES = _modules("config", *APPS)
EVERYTHING = [*SOURCES, *_modules("tests")]


def test_imports_run_one_way_between_apps() -> None:
    offenders = {
        module: foreign
        for module, path in SOURCES
        if (foreign := {_app(name) for name, _ in _imports(path)} & set(MAY_IMPORT) - MAY_IMPORT[_app(module)])
    }
    assert offenders == {}


def test_imports_inside_an_app_run_downwards() -> None:
    offenders = {
        module: upwards
        for module, path in SOURCES
        if (height := _layer(module)) is not None and (upwards := _imports_above(module, path, height))
    }
    assert offenders == {}


def test_every_room_of_an_app_is_on_the_map() -> None:
    rooms = {module for module, _ in SOURCES if _app(module) in ("customers", "billing") and "." in module}
    assert {module for module in rooms if _layer(module) is None} == {"customers.apps", "billing.apps"}


def test_pure_modules_know_no_request_and_no_database() -> None:
    offenders = {
        module: impure
        for module, path in SOURCES
        if module.startswith(PURE) and module not in NOT_QUITE_PURE
        if (impure := {name for name, _ in _imports(path) if name.startswith("django.") and "utils" not in name})
    }
    assert offenders == {}


def test_modules_are_named_after_what_they_hold() -> None:
    assert [module for module, _ in EVERYTHING if set(module.split(".")) & BANNED_NAMES] == []


def test_modules_stay_readable_in_one_go() -> None:
    lengths = {module: len(path.read_text().splitlines()) for module, path in SOURCES}
    assert {module: lines for module, lines in lengths.items() if lines > MOST_LINES} == {}


def test_nothing_is_imported_wholesale() -> None:
    assert [module for module, path in EVERYTHING for name, _ in _imports(path) if name.endswith(".*")] == []


def test_an_import_inside_a_function_gives_its_reason() -> None:
    assert [place for module, path in SOURCES for place in _unexplained_imports(module, path)] == []


def _app(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def _imports_above(module: str, path: Path, height: int) -> set[str]:
    own = (name for name, _ in _imports(path) if name.startswith(f"{_app(module)}."))
    return {name for name in own if (layer := _layer(name)) is not None and layer > height}


def _unexplained_imports(module: str, path: Path) -> Iterator[str]:
    source = path.read_text()
    lines = source.splitlines()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))
            yield from (f"{module}:{node.lineno}" for node in inner if "#" not in lines[node.lineno - 1])
