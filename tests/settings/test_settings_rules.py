"""The rules that are one number each: read from the policy, written as the file has them."""

from pathlib import Path

import pytest

from agent.cases import Policy
from agent.config import parse_settings
from agent.config.nested import with_value
from agent.errors import ConfigError
from agent.settings.rules import RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_written_is_what_is_read(rule: Rule) -> None:
    """At both bounds, and the usual number lies between them."""
    for number in (rule.least, rule.most):
        text = with_value("", rule.spot, rule.written(number))
        policy = parse_settings(text, Path("config.yaml")).to_policy()

        assert number == rule.number(policy)
    assert rule.least <= rule.number(Policy()) <= rule.most


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_out_of_bounds_is_refused(rule: Rule) -> None:
    """The bounds are told."""
    for number in (rule.least - 1, rule.most + 1):
        with pytest.raises(ConfigError, match=f"{rule.least} 到 {rule.most}"):
            rule.written(number)
