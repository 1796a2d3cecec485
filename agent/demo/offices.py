"""Every make-believe office that there is: a package in here that has an `OFFICE`."""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Any

import agent.demo
from agent.demo.kit import MakeBelieveOffice

Office = MakeBelieveOffice[Any]


def offices() -> Mapping[str, type[Office]]:
    """Return every make-believe office by its platform, in the order of their names."""
    modules = (
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(agent.demo.__path__, "agent.demo.")
        if module.ispkg
    )
    found = (getattr(module, "OFFICE", None) for module in modules)
    return {office.platform: office for office in found if office is not None}
