"""Find cases in the file: by key, by short number, or by the platform's number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, select

from agent.cases import Case, CaseKey
from agent.errors import UnknownCase
from agent.journal.rows import Found, case_from
from agent.journal.tables import cases, clean

_OF_QUEUE = select(cases).where(
    cases.c.shop == bindparam("shop"),
    cases.c.queue == bindparam("queue"),
    cases.c.case_id.in_(bindparam("ids", expanding=True)),
)
_RESOLVED = (
    select(cases)
    .where(cases.c.resolved_at >= bindparam("since"))
    .order_by(cases.c.resolved_at.desc(), cases.c.number.desc())
    .limit(bindparam("most"))
)
_RESOLVED_OF_SHOP = _RESOLVED.where(cases.c.shop == bindparam("shop"))
_AT_ONCE = 500  # SQLite limits how many parameters one statement takes
_LONGEST_NUMBER = 18  # digits that fit SQLite's whole numbers
_MOST_NAMED = 5
_MOST_DECODED = 1000
_LOOK = "请运行 geshao inbox 查看编号，再试一次。"


def by_keys(connection: Connection, keys: Collection[CaseKey]) -> dict[CaseKey, Case]:
    """Return those of the cases that are in the file, open or not."""
    wanted: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in keys:
        wanted[key.shop, key.queue].append(key.case_id)
    found: dict[CaseKey, Case] = {}
    for (shop, queue), case_ids in wanted.items():
        for start in range(0, len(case_ids), _AT_ONCE):
            ids = case_ids[start : start + _AT_ONCE]
            rows = connection.execute(_OF_QUEUE, {"shop": shop, "queue": queue, "ids": ids})
            found |= {case.key: case for case in map(case_from, rows.mappings())}
    return found


def by_name(connection: Connection, name: str) -> Case:
    """Return the case that a person means by *name*.

    That is its short number with or without "#", its full key "shop/queue/id", or the platform's
    number if only one case (or only one open case) has it. Raises UnknownCase otherwise.
    """
    name = clean(name.strip())
    for condition in _meanings(name):
        found = _cases(connection, select(cases).where(condition).order_by(cases.c.number))
        if found:
            return _the_one(found, name)
    raise UnknownCase(f"没有编号为“{name}”的待办。", _LOOK)


class Decoded:
    """Cases decoded lately: a row that nobody changed since is not decoded once more."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, Case]] = {}

    def of(self, rows: Iterable[Found]) -> list[Case]:
        """Return the case of each of *rows*."""
        if len(self._known) > _MOST_DECODED:
            self._known.clear()
        return [self._case(row) for row in rows]

    def _case(self, row: Found) -> Case:
        number, revision = row["number"], row["revision"]
        known = self._known.get(number)
        if known is None or known[0] != revision:
            known = self._known[number] = revision, case_from(row)
        return known[1]


def resolved_since(
    connection: Connection, since: datetime, limit: int, shop: str, decoded: Decoded
) -> list[Case]:
    """Return the last *limit* cases of *shop* ("": of all) that ended at *since* or later."""
    given = {"since": since, "most": limit} | ({"shop": shop} if shop else {})
    asked = _RESOLVED_OF_SHOP if shop else _RESOLVED
    return decoded.of(connection.execute(asked, given).mappings())


def _meanings(name: str) -> Iterator[ColumnElement[bool]]:
    digits = name.lstrip("#＃")
    if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER:
        yield cases.c.number == int(digits)
    match name.split("/", 2):
        case [shop, queue, case_id]:
            yield and_(cases.c.shop == shop, cases.c.queue == queue, cases.c.case_id == case_id)
    yield cases.c.case_id == name


def _the_one(found: Sequence[Case], name: str) -> Case:
    still_open = [case for case in found if case.is_open]
    for choice in (found, still_open):
        if len(choice) == 1:
            return choice[0]
    numbers = "、".join(f"#{case.number}" for case in (still_open or found)[:_MOST_NAMED])
    raise UnknownCase(f"编号“{name}”对应不止一个待办：{numbers}。", "请改用其中一个短编号。")


def _cases(connection: Connection, asked: Select[*tuple[object, ...]]) -> list[Case]:
    return [case_from(row) for row in connection.execute(asked).mappings()]


def unknown(key: CaseKey) -> UnknownCase:
    """Return what is to be said of a case that is not there (any more)."""
    return UnknownCase(f"待办 {key} 已不在记录里。", "请运行 geshao inbox 查看现有的待办。")
