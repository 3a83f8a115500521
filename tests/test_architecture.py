"""The map of the house (docs/architecture.md), proved from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    ("rows",),
    ("operations",),
    ("views", "api", "admin"),
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
    room = module.split(".")[1] if "." in module else ""
    return next((height for height, rooms in enumerate(LAYERS) if room in rooms), None)


SOURCES = _modules("config", *APPS)
EVERYTHING = [*SOURCES, *_modules("tests")]


@pytest.mark.parametrize(("module", "path"), SOURCES, ids=[module for module, _ in SOURCES])
def test_imports_run_one_way_between_apps(module: str, path: Path) -> None:
    home = module.split(".", maxsplit=1)[0]
    foreign = {name.split(".")[0] for name, _ in _imports(path)} & {"config", *APPS}
    assert foreign - MAY_IMPORT[home] == set()


@pytest.mark.parametrize(("module", "path"), SOURCES, ids=[module for module, _ in SOURCES])
def test_imports_inside_an_app_run_downwards(module: str, path: Path) -> None:
    home, height = module.split(".", maxsplit=1)[0], _layer(module)
    if home == "config" or height is None:
        return
    upwards = {
        name
        for name, _ in _imports(path)
        if name.startswith(f"{home}.") and (other := _layer(name)) is not None and other > height
    }
    assert upwards == set()


@pytest.mark.parametrize(("module", "path"), SOURCES, ids=[module for module, _ in SOURCES])
def test_pure_modules_know_no_request_and_no_database(module: str, path: Path) -> None:
    if not module.startswith(PURE) or module in NOT_QUITE_PURE:
        return
    assert {name for name, _ in _imports(path) if name.startswith("django.") and "utils" not in name} == set()


@pytest.mark.parametrize(("module", "path"), EVERYTHING, ids=[module for module, _ in EVERYTHING])
def test_modules_are_named_after_what_they_hold(module: str, path: Path) -> None:
    assert set(module.split(".")) & BANNED_NAMES == set()


@pytest.mark.parametrize(("module", "path"), SOURCES, ids=[module for module, _ in SOURCES])
def test_modules_stay_readable_in_one_go(module: str, path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize(("module", "path"), EVERYTHING, ids=[module for module, _ in EVERYTHING])
def test_nothing_is_imported_wholesale(module: str, path: Path) -> None:
    assert [name for name, _ in _imports(path) if name.endswith(".*")] == []


@pytest.mark.parametrize(("module", "path"), SOURCES, ids=[module for module, _ in SOURCES])
def test_an_import_inside_a_function_gives_its_reason(module: str, path: Path) -> None:
    lines = path.read_text().splitlines()
    inner = [node for function in _functions(path) for node in ast.walk(function) if _is_import(node)]
    assert [lines[node.lineno - 1].strip() for node in inner if "#" not in lines[node.lineno - 1]] == []


def _functions(path: Path) -> Iterator[ast.AST]:
    tree = ast.parse(path.read_text())
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)
