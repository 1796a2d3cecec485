"""Where somebody lives: street addresses found in Chinese text."""

import re
from collections.abc import Iterator

_INSTEAD = "***"
_FARTHEST = 40
"""Characters before a street's number that may belong to its address."""

_HAN = "\u4e00-\u9fff"
_DASH = "[-\uff0d\u2014]"
_FEW = "[0-9\uff10-\uff19A-Za-z一二三四五六七八九十百]{1,5}"
_NUMBER = rf"{_FEW}(?:{_DASH}[0-9A-Za-z]{{1,5}}){{0,3}} ?"
_MORE = (
    rf"(?:[ ,，]?{_NUMBER}(?:号楼?|弄|栋|幢|座|单元|楼|层|室|房|户|#)"
    rf"| ?[0-9]{{3,5}}室?(?![-0-9.:年月])){{0,5}}"
)
_STREET = (
    r"(?:路|街|大道|[东西南北一二三四五六七八九十]道|巷|弄|胡同|村|镇|乡|屯|园|寓|苑|城|厦|广场"
    r"|中心|里|坊|湾|府|庭|区|县|市)"
)
_FLATS = (
    r"[0-9]{1,4}(?:栋|幢|座|号楼) ?(?:[0-9]{3,5}室?|[0-9]{1,2}(?:单元|室))"
    r"|[0-9]{1,3}单元 ?[0-9]{2,4}室?"
)
_NUMBERED = re.compile(
    rf"(?:{_STREET}(?:[ {_HAN}A-Za-z]{{0,8}}?{_NUMBER}(?:号楼?|弄|栋|幢|座|单元|楼|室|#)"
    rf"|[0-9]{{1,3}}(?:{_DASH}[0-9]{{1,5}}){{2,3}})|{_FLATS}){_MORE}"
)
_UNNUMBERED = re.compile(
    rf"(?<=[省区市州])[ \u3000]?[{_HAN}]{{2,8}}?[市区县旗州盟]"
    rf"(?:[ \u3000]?[{_HAN}]{{1,10}}?(?:镇|乡|街道|村|路|街|区|县)){{0,3}}"
)
_LABELLED = re.compile(
    r"((?:地址|(?i:address|addr))\\{0,4}[\"']?\s{0,4}[:=\uff1a]\s{0,4}\\{0,4}[\"']?)"
    rf"(?![a-z]{{2,10}}:)(?=[^\r\n\"']{{0,20}}[{_HAN}])[^\r\n\"'\\。；;|，,]++"
)
_PART = re.compile(rf"[{_HAN}A-Za-z0-9()（）·#\uff0d\u2014-]")
_ENDS_A_PART = "省市区县镇乡旗州盟村道路街"
_BLANKS = " \u3000,，"
_PROVINCE = re.compile(
    r"北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东"
    r"|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_LEAD_IN = re.compile(r"住|[在到往是为给址]")


def without_addresses(text: str) -> str:
    """Return *text* without street addresses; a province or city by itself may stay."""
    text = _LABELLED.sub(rf"\1{_INSTEAD}", text)
    text = "".join(_without_numbered(text))
    return _UNNUMBERED.sub(_INSTEAD, text)


def _without_numbered(text: str) -> Iterator[str]:
    done = 0
    for found in _NUMBERED.finditer(text):
        start = _beginning(text, found.start(), max(done, found.start() - _FARTHEST))
        yield text[done:start]
        yield _INSTEAD
        done = found.end()
    yield text[done:]


def _beginning(text: str, street: int, earliest: int) -> int:
    """Return where the address begins whose number follows *street*."""
    start = street
    while start > earliest and _continues(text, start - 1, earliest):
        start -= 1
    if province := _PROVINCE.search(text, start, street):
        return province.start()
    lead_ins = [found.end() for found in _LEAD_IN.finditer(text, start, street)]
    return lead_ins[-1] if lead_ins else start


def _continues(text: str, at: int, earliest: int) -> bool:
    """Tell whether the character *at* belongs to the address that goes on behind it."""
    if text[at] in _BLANKS:
        return at > earliest and text[at - 1] in _ENDS_A_PART
    return _PART.match(text, at) is not None
