"""What the sources look like from outside: their modules, imports, functions and rooms."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")
"""Where statements stand in others."""


@dataclass(frozen=True)
class Source:
    """One Python file; *module* is its dotted name, a package's without `__init__`."""

    path: Path
    module: str
    text: str

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def tree(self) -> ast.Module:
        """What Python makes of it."""
        return ast.parse(self.text, self.path)

    @cached_property
    def statements(self) -> Sequence[ast.AST]:
        """All of its statements, outer ones first: what is to be known of a file are such."""
        found: list[ast.AST] = [self.tree]
        for node in found:
            for name in _BLOCKS:
                found += getattr(node, name, ())
        return found

    @property
    def is_package(self) -> bool:
        """Whether it is the face of a folder."""
        return self.path.name == "__init__.py"

    @property
    def holds_code(self) -> bool:
        """Whether it defines something itself, as a package's face seldom does."""
        defining = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        return any(isinstance(node, defining) for node in self.tree.body) or not self.is_package

    @property
    def first_line(self) -> str:
        """The first line of its docstring, empty if it has none."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]

    @property
    def tests(self) -> dict[str, str | None]:
        """The docstrings of its tests, by name; empty for a file that pytest does not collect."""
        if not self.path.name.startswith("test_"):
            return {}
        return {
            node.name: ast.get_docstring(node)
            for node in self.statements
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name.startswith("test_")
        }

    @cached_property
    def functions(self) -> dict[str, int]:
        """The lines that each function takes, by `file:line name`."""
        name = str(self)
        return {
            f"{name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
            for node in self.statements
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }

    @cached_property
    def imports(self) -> set[str]:
        """The modules of the project that it imports, wherever in the file.

        A name that a package's face hands on counts as an import of both, the face and the module
        that has it.
        """
        return {
            module
            for imported in self.imported_names
            for module in _modules_behind(imported)
            if module != self.module
        }

    @cached_property
    def imported_names(self) -> Sequence[str]:
        """The dotted names of all that it imports, of the project or not."""
        names: list[str] = []
        for node in self.statements:
            if isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names += [f"{self._base(node)}.{alias.name}" for alias in node.names]
        return names

    def _base(self, node: ast.ImportFrom) -> str:
        """Return the package that *node* imports from, with leading dots resolved."""
        if not node.level:
            return node.module or ""
        parents = self.module.split(".")
        above = parents[: len(parents) - node.level + self.is_package]
        return ".".join([*above, *([node.module] if node.module else [])])


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return the Python files below *folders* of the project, sorted by their paths."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(_read(path) for path in paths)


def room(module: str) -> str:
    """Return the room of *module*: `ui`, or what stands directly in `agent`."""
    parts = module.split(".")
    return "ui" if parts[0] == "ui" else ".".join(parts[:2])


def rooms() -> set[str]:
    """Return the rooms that exist; the map itself, `agent/__init__.py`, is none."""
    return {room(source.module) for source in sources("agent", "ui")} - {"agent"}


@cache
def mapped_floors() -> dict[str, int | None]:
    """Return the rooms that the map in `agent/__init__.py` names, with their floors.

    The demo has none: it is a guest.
    """
    drawing = ast.get_docstring(_read(ROOT / "agent" / "__init__.py").tree) or ""
    found: dict[str, int | None] = {}
    for line in re.findall(r"^ {4}[\d ] {2}\S.*$", drawing, re.MULTILINE):
        *names, _what_they_are = re.split(r" {2,}", line[7:])
        for name in names:
            found[_as_module(name)] = int(line[4]) if line[4] != " " else None
    return found


def _as_module(name: str) -> str:
    return "ui" if name == "../ui/" else f"agent.{name.rstrip('/')}"


@cache
def _read(path: Path) -> Source:
    parts = path.relative_to(ROOT).with_suffix("").parts
    text = path.read_text(encoding="utf-8")
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Source(path, module, text)


@cache
def _by_module() -> dict[str, Source]:
    return {source.module: source for source in sources("agent", "ui", "tests")}


def _modules_behind(imported: str) -> Iterator[str]:
    """Yield the project's modules that *imported*, a dotted name, is or comes from."""
    modules = _by_module()
    if imported in modules:
        yield imported
        return
    parent, _, name = imported.rpartition(".")
    if parent not in modules:
        return
    yield parent
    if modules[parent].is_package:
        for handed_on in modules[parent].imported_names:
            if handed_on.rpartition(".")[2] == name and handed_on != imported:
                yield from _modules_behind(handed_on)
