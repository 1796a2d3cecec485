"""The rules of the house, each in one place: floors, sizes, words, twins."""

import re
from statistics import median, quantiles

import pytest

from tests.house import ROOT, Source, mapped_floors, room, rooms, sources

MOST_LINES_PER_FILE = 300
MOST_LINES_PER_FUNCTION = 50
HALF_OF_THE_FUNCTIONS_WITHIN = 10
NINE_IN_TEN_FUNCTIONS_WITHIN = 35

GUEST = "agent.demo"
SIDEWAYS = {
    ("agent.__main__", "agent.commands"): "the entrance leads to the commands",
    ("agent.commands", "ui"): "some commands open the overlay or draw the terminal",
}
UNTESTED: dict[str, str] = {}  # module: why no test imports it

# In Python a platform is a folder of data; nothing may know it by name.
PLATFORM_NAMES = re.compile(
    r"doudian|fxg|feige|douyin|pinduoduo|taobao|tmall|qianniu|jingdong|kuaishou|xiaohongshu"
    r"|weidian|youzan|xianyu|1688|抖店|抖音|飞鸽|拼多多|淘宝|天猫|千牛|京东|快手|小红书|微店|有赞"
    r"|闲鱼|视频号|微信小店|weixin_store|旺商聊|wangshangliao|\bjd\b|京麦|roundup",
    re.IGNORECASE,
)
MAY_NAME_PLATFORMS = {
    "agent.demo": "it plays them",
}

WEB_ADDRESS = re.compile(r"""(?:\b(?:https?|wss?):|["'(=\s])//([^\s/"'`)<>]+)""")
LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?")
NAMES_NOT_PLACES = {"www.w3.org"}  # the names of SVG and its like; nothing is loaded from there

PRODUCT = sources("agent", "ui")
EVERYTHING = sources("agent", "ui", "tests")


def listed(wrong: list[str]) -> str:
    """Return what is wrong as lines, so that pytest shows all of it."""
    return "\n" + "\n".join(wrong)


def allowed(importer: str, imported: str) -> bool:
    """Tell whether the room *importer* may import the room *imported*."""
    floors = mapped_floors()
    above, below = floors.get(importer), floors.get(imported)
    if GUEST in {importer, imported}:
        return below == 0 if importer == GUEST else above == max(x for x in floors.values() if x)
    if (importer, imported) in SIDEWAYS:
        return True
    return above is not None and below is not None and below < above


@pytest.mark.parametrize(
    ("importer", "imported", "may"),
    [
        ("agent.app", "agent.watcher", True),
        ("agent.watcher", "agent.app", False),
        ("agent.watcher", "agent.inbox", False),
        ("agent.cases", "agent.log", True),
        ("agent.commands", "ui", True),
        ("ui", "agent.commands", False),
        ("agent.commands", "agent.demo", True),
        ("agent.app", "agent.demo", False),
        ("agent.demo", "agent.words", True),
        ("agent.demo", "agent.cases", False),
        ("agent.app", "agent.nowhere", False),
    ],
)
def test_the_rule_of_floors(importer: str, imported: str, may: bool) -> None:  # noqa: FBT001 (a column of the table)
    """The rule itself: downwards only, faces excepted; the demo is a guest of the faces."""
    assert may == allowed(importer, imported)


@pytest.mark.parametrize(
    ("statement", "modules"),
    [
        ("import agent.clock", {"agent.clock"}),
        ("import json, asyncio", set()),
        ("from agent import errors, log", {"agent.errors", "agent.log"}),
        ("from agent.clock import Clock as C", {"agent.clock"}),
        ("from agent.cases import Case", {"agent.cases", "agent.cases.case"}),
        ("def f():\n    from agent.clock import Clock", {"agent.clock"}),
        ("if TYPE_CHECKING:\n    from agent.clock import Clock", {"agent.clock"}),
        ("from . import browser", {"agent.platforms.browser"}),
        ("from .browser import launch", {"agent.platforms.browser"}),
        ("from ..clock import Clock", {"agent.clock"}),
    ],
)
def test_no_import_is_overlooked(statement: str, modules: set[str]) -> None:
    """Imports are seen in every spelling, wherever they stand, through a package's face too."""
    path = ROOT / "agent" / "platforms" / "made_up.py"
    source = Source(path, "agent.platforms.made_up", statement)

    assert modules == source.imports


def test_a_room_imports_only_lower_floors() -> None:
    """No import goes up, or sideways but for the ones named above."""
    wrong = [
        f"{source} imports {module}"
        for source in PRODUCT
        for module in sorted(source.imports - {"agent"})
        if room(module) != room(source.module) and not allowed(room(source.module), room(module))
    ]

    assert not wrong, listed(wrong)


def test_the_product_does_not_import_its_tests() -> None:
    """What the tests have stays with the tests."""
    wrong = [
        f"{source} imports {module}"
        for source in PRODUCT
        for module in source.imports
        if module.split(".")[0] == "tests"
    ]

    assert not wrong, listed(wrong)


def test_the_map_names_the_rooms_that_exist() -> None:
    """The map in `agent/__init__.py` is complete, and nothing on it has been torn down."""
    assert rooms() == set(mapped_floors())


def test_every_sideways_import_is_used() -> None:
    """An exception that nobody needs any more is struck off."""
    used = {(room(source.module), room(module)) for source in PRODUCT for module in source.imports}

    assert set() == set(SIDEWAYS) - used


def test_no_python_below_selectors() -> None:
    """A module there would stand in the way of the standard library's `selectors`."""
    assert () == sources("selectors")


def test_files_are_short() -> None:
    """A file has one subject; a long one has two."""
    lines = {str(source): source.text.count("\n") for source in EVERYTHING}
    long = [f"{name}: {n}" for name, n in lines.items() if n > MOST_LINES_PER_FILE]

    assert not long, listed(long)


def test_no_function_is_long() -> None:
    """A function fits on one screen, in the tests too."""
    long = [
        f"{name}: {lines}"
        for source in EVERYTHING
        for name, lines in source.functions.items()
        if lines > MOST_LINES_PER_FUNCTION
    ]

    assert not long, listed(long)


def test_functions_are_short_on_the_whole() -> None:
    """Half of the product's functions take a glance, nine in ten a short look."""
    lines = [n for source in PRODUCT for n in source.functions.values()]

    assert median(lines) <= HALF_OF_THE_FUNCTIONS_WITHIN
    assert quantiles(lines, n=10)[-1] <= NINE_IN_TEN_FUNCTIONS_WITHIN


def test_a_file_opens_with_its_sentence() -> None:
    """The first line says what the file knows, and ends there."""
    first_lines = {str(source): source.first_line for source in PRODUCT if source.text.strip()}
    wrong = [name for name, line in first_lines.items() if not re.search(r"[.。?!]$", line)]

    assert not wrong, listed(wrong)


def test_a_test_says_what_it_shows() -> None:
    """Each test has a docstring: the behaviour in one sentence."""
    mute = [
        f"{source}: {name}"
        for source in sources("tests")
        for name, docstring in source.tests.items()
        if not docstring
    ]

    assert not mute, listed(mute)


def test_a_source_file_has_a_test() -> None:
    """Each module that holds code is met by a test: by name, or through the face of its room."""
    tests = sources("tests")
    names = {source.path.stem for source in tests}
    met = {module for source in tests for module in source.imports}
    met |= {source.module for source in PRODUCT if twins(source.module) & names}
    untested = {source.module for source in PRODUCT if source.holds_code} - with_their_rooms(met)

    assert set(UNTESTED) == untested, listed(sorted(untested ^ set(UNTESTED)))


def with_their_rooms(met: set[str]) -> set[str]:
    """Return *met* with every module that one of them imports from its own room, and so on."""
    by_name = {source.module: source for source in PRODUCT}
    reached, new = set[str](), met & by_name.keys()
    while new:
        reached |= new
        new = {
            imported
            for module in new
            for imported in by_name[module].imports & by_name.keys()
            if room(imported) == room(module)
        } - reached
    return reached


def twins(module: str) -> set[str]:
    """Return what the test file of *module* may be called; some are run and not imported."""
    name = module.rpartition(".")[2].strip("_")
    return {f"test_{name}", f"test_{room(module).rpartition('.')[2]}_{name}"}


def test_the_folders_of_tests_are_packages() -> None:
    """Two tests of the same name in different folders would otherwise get in each other's way."""
    folders = {source.path.parent for source in sources("tests")}

    assert [] == [
        str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ]


def names_platforms(source: Source) -> bool:
    """Tell whether *source* is free to name platforms."""
    return any(f"{source.module}.".startswith(f"{place}.") for place in MAY_NAME_PLATFORMS)


def test_no_platform_is_named_in_python() -> None:
    """What one platform is like stands in its pack; the demo alone plays one."""
    named = [
        f"{source}:{number}: {line.strip()}"
        for source in PRODUCT
        if not names_platforms(source)
        for number, line in enumerate(source.text.splitlines(), 1)
        if PLATFORM_NAMES.search(line)
    ]

    assert not named, listed(named)


def test_every_shipped_platform_is_among_the_names() -> None:
    """The list of names above knows at least the platforms that have a pack."""
    folders = [folder.name for folder in (ROOT / "selectors").iterdir() if folder.is_dir()]

    assert folders
    assert all(PLATFORM_NAMES.search(name) for name in folders), listed(folders)


def test_the_overlay_loads_nothing_from_elsewhere() -> None:
    """The overlay's page names no host but this machine."""
    files = [path for path in (ROOT / "ui" / "web").rglob("*") if path.is_file()]
    hosts = {
        f"{path.name}: {host}"
        for path in files
        for host in WEB_ADDRESS.findall(path.read_text(encoding="utf-8", errors="replace"))
        if not LOOPBACK.fullmatch(host) and host not in NAMES_NOT_PLACES
    }

    assert "index.html" in {path.name for path in files}
    assert not hosts, listed(sorted(hosts))
