"""What the settings refuse, told with the spot, what was found and what is allowed."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from agent.config.document import Document, Problem, Spot, Tree
from agent.config.values import WRONG_VALUE

_PASSWORD = re.compile(r"passw(or)?d|(^|[_-])pwd($|[_-])|密码|口令", re.IGNORECASE)
_NO_PASSWORDS = "密码请用 geshao shop add 保存到系统钥匙串，并从配置文件里删掉这一项"
_SIGNED_IN_ADDRESS = re.compile(r"//[^/\s]*@")
_KEYED_ADDRESS = re.compile(r"(//[^\s?]{1,200})\?\S*")
_LONGEST_SHOWN = 60
_KEY = "[key]"
"""How pydantic ends the way to a key that is wrong itself."""


def explain(
    errors: Iterable[ErrorDetails], document: Document, model: type[BaseModel]
) -> list[Problem]:
    """Return in Chinese what *errors* say, found by checking *document* against *model*."""
    return [_problem(error, document, model) for error in errors]


def told(problem: Problem) -> str:
    """Return *problem* as one sentence that names the spot, but not the line."""
    return f"{_path(problem.spot)}：{problem.text}。"


def _problem(error: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    context: dict[str, Any] = error.get("ctx", {})
    wrong_key = error["type"] == WRONG_VALUE and error["loc"][-1:] == (_KEY,) and context["choices"]
    spot: Spot = (*(error["loc"][:-1] if wrong_key else error["loc"]), *context.get("at", ()))
    found = document.value(spot)
    if any(isinstance(each, str) and _PASSWORD.search(each) for each in (*spot, found)):
        text = _NO_PASSWORDS
    elif error["type"] == "extra_forbidden":
        text = f"没有这个键，{_choose(spot[-1], _keys_around(spot, model))}"
    elif error["type"] == "missing":
        text = f"缺少这一项，请写上{_keys_around(spot, model)[str(spot[-1])]}"
    elif wrong_key:
        text = f"没有这个名字，{_choose(spot[-1], context['choices'])}"
    else:
        text = f"{_shown(found)}，{_allowed(error['type'], context, found)}{_hint(found)}"
    return Problem(spot, document.line_of(spot), text)


def _allowed(error_type: str, context: Mapping[str, Any], found: Tree) -> str:
    if error_type in {"model_type", "dict_type"}:
        return "这里应是下一级的「键: 值」"
    if error_type == "tuple_type":
        return "这里应是列表：每行一项、以「- 」开头，或写成 [甲, 乙]"
    if context["choices"]:
        return _choose(found, context["choices"])
    expected = context["expected"]
    return f"应为 {expected}" if expected[0].isascii() else f"应为{expected}"


def _hint(found: Tree) -> str:
    # With a full-width colon a line is no key: it runs into the value above.
    misread = isinstance(found, str) and "：" in found
    return "（键后面的冒号请用英文的「:」，再空一格）" if misread else ""


def _choose(found: object, choices: Mapping[str, str]) -> str:
    """Return the *choices* as the end of a sentence, the one nearest to *found* first."""
    listed = "、".join(word + (f"（{what}）" if what else "") for word, what in choices.items())
    near = difflib.get_close_matches(str(found).lower(), choices, n=1)
    return f"是不是想写 {near[0]}？可选：{listed}" if near else f"可选：{listed}"


def _keys_around(spot: Spot, model: type[BaseModel]) -> dict[str, str]:
    """Return the keys allowed beside *spot*, with what each means where that needs saying."""
    around: Any = model
    for part in spot[:-1]:
        if isinstance(part, int) or get_origin(around) is Mapping:
            around = _group(around)
        else:
            around = _fields(_group(around))[str(part)].annotation
    return {name: field.title or "" for name, field in _fields(_group(around)).items()}


def _group(kind: Any) -> Any:  # noqa: ANN401 (the annotation of a field can be any type form)
    """Return the group of keys that *kind* is, or holds: a list, a mapping."""
    if hasattr(kind, "model_fields"):
        return kind
    return next((found for each in get_args(kind) if (found := _group(each)) is not None), None)


def _fields(group: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of *group* by the words that stand in the file."""
    return {field.alias or name: field for name, field in group.model_fields.items()}


def _path(spot: Spot) -> str:
    """Return *spot* as people write it: `shops[1].platform`."""
    words = (f"[{part}]" if isinstance(part, int) else f".{_clean(part)}" for part in spot)
    return "".join(words).removeprefix(".") or "（整个文件）"


def _shown(found: Tree) -> str:
    """Return what was *found*, short, and without what must not be shown."""
    if found is None or found == "":
        return "现在是空的"
    if isinstance(found, str):
        return f"写的是「{_clean(found)}」"
    if isinstance(found, dict):
        return "写的是一组「键: 值」"
    if all(isinstance(item, str) for item in found):
        return f"写的是 [{_clean(', '.join(map(str, found)))}]"
    return "写的是一个列表"


def _clean(text: str) -> str:
    # It goes to a terminal: nothing that moves the cursor, and no password inside an address.
    text = _KEYED_ADDRESS.sub(r"\1?…", _SIGNED_IN_ADDRESS.sub("//…@", text))
    text = "".join(each if each.isprintable() else "�" for each in text)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
