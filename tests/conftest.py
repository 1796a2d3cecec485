"""What all tests share: figures that are measured on the way and told at the end."""

from collections.abc import Callable

import pytest

_FIGURE = "figure"
_LONG = ("test_matrix", "test_story", "test_lifetimes", "test_reader_troubles", "test_meanings")
"""Files that take longest: begun first, so that no worker is left with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; within a file nothing changes."""
    items.sort(key=lambda item: 0 if item.path.stem in _LONG else 1)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what takes a measured figure; it is printed before the closing line."""
    # A test's properties travel with its report, also from a worker process.
    return lambda text: request.node.user_properties.append((_FIGURE, text))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    figures = [
        text
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, text in report.user_properties
        if name == _FIGURE
    ]
    if figures:
        terminalreporter.section("measured")
        for line in figures:
            terminalreporter.write_line(line)
