"""Format, lint and strict types: tests like others, so that they wait for nobody."""

import subprocess
import sys

import pytest

from tests.house import ROOT

LINTERS = (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy",))


@pytest.mark.parametrize("linter", LINTERS, ids=" ".join)
def test_the_source_is_in_order(linter: tuple[str, ...]) -> None:
    """Each linter finds nothing; what it finds stands in the failure."""
    command = [sys.executable, "-m", *linter]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stdout if done.returncode else "")
