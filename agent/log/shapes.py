"""What personal data and secrets look like, each shape with what stands in its place.

No text makes them slow: a run without a bound is possessive, and nothing after it can fail; all
else is bounded (`tests/log/test_linear.py` holds each pattern to it).
"""

import re

_Shape = tuple[re.Pattern[str], str]

_IS = (
    # name=value, "name": value, and ("name", "value"); the quotes may be escaped.
    r"(?:\\{0,4}[\"']?\s{0,4}[:=\uff1a]\s{0,4}|\\{0,4}[\"']\s{0,4},\s{0,4}(?=b?\\{0,4}[\"'])"
    r"|(?:%22)?%3[AaDd](?:%22)?)"
)
_QUOTED = (
    # What lies inside of another text has its quotes escaped, and ends at such a one.
    r"\\{1,4}\"(?:[^\"\\\r\n]|\\[^\"\r\n])*+(?:\\{0,4}\")?"
    r"|\\{1,4}'(?:[^'\\\r\n]|\\[^'\r\n])*+(?:\\{0,4}')?"
    r"|b?\"(?:[^\"\\\r\n]|\\.)*+\"?|b?'(?:[^'\\\r\n]|\\.)*+'?"
)
# Bare values are ASCII: the sentence around them goes on in Chinese. (Never regardless of case:
# then \u0080-\uffff would hold I, K and S too.)
_BARE = r"<?[^\s&;,\"'<>)}\]\u0080-\uffff]++"
_TELLTALES = (
    r"token|session[-_]?id|sid[-_](?:tt|guard|ucp)|passw(?:or)?d|pwd|passphrase|secret"
    r"|credential|signature|api[-_]?key|access[-_]?key|private[-_]?key|csrf|xsrf|jwt"
    r"|web[-_]?hook|密码|口令|验证码"
)
_SHORT_TELLTALES = r"sid|sess|session|auth|otp|ttwid|odin_tt|uid_tt|s_v_web_id"
_ROBOTS = r"day\.app|ftqq\.com|ft07\.com|hc-ping\.com"


def _shape(pattern: str, instead: str) -> _Shape:
    return re.compile(pattern), instead


SECRETS: tuple[_Shape, ...] = (
    # A header's value may hold blanks and semicolons, so it is taken to the end of the line.
    _shape(
        rf"((?i:authorization|cookie){_IS})(?:{_QUOTED}|(?!\s{{0,4}}\*{{3}}[,)}}\]])[^\r\n]++)",
        r"\1***",
    ),
    _shape(r"\b((?i:bearer))\s{1,4}[\w.~+/=-]{8,}+", r"\1 ***"),
    # A cookie as the browser hands it out: its value stands beside its name, not after it.
    _shape(
        rf"((?:\\{{0,4}}[\"']value\\{{0,4}}[\"']\s{{0,4}}:\s{{0,4}}|\bvalue=))(?:{_QUOTED})",
        r"\1***",
    ),
    # What a browser's driver tells of an act that failed.
    _shape(rf"(\b(?:fill|type|insert_text|press_sequentially)\()(?:{_QUOTED})", r"\1***"),
    _shape(rf"((?i:{_TELLTALES})[\w-]{{0,20}}{_IS})(?:{_QUOTED}|{_BARE})", r"\1***"),
    # Words of everyday, being so short: they are names only before = or within quotes.
    _shape(
        rf"(?<![A-Za-z])((?i:{_SHORT_TELLTALES})(?:=|\\{{0,4}}[\"']\s{{0,4}}[:,]\s{{0,4}}))"
        rf"(?:{_QUOTED}|{_BARE})",
        r"\1***",
    ),
    _shape(r"\beyJ[\w-]{4,}+(?:\.[\w-]{0,2000}){0,4}", "***"),
    # Robots are addressed by a secret in the web address.
    _shape(r"(://)[^\s/@\"'<>]{1,200}@", r"\1***@"),
    _shape(r"([?&](?i:key|sign|sig|code|st|auth|ticket)=)[^\s&\"'<>]++", r"\1***"),
    _shape(r"(/(?:hooks?|webhooks|services|heartbeat)/)[\w/-]{8,}+", r"\1***"),
    _shape(rf"((?:{_ROBOTS})/(?:send/)?+)[\w.~%-]++", r"\1***"),
    _shape(r"(/bot)\d{1,20}:[\w-]++", r"\1***"),
    _shape(r"(?<![A-Za-z0-9])(?:SC[TU]|sctp)\d{1,9}[A-Za-z][A-Za-z0-9]{8,}+", "***"),
    _shape(r"(?<![\dA-Fa-f])[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}", "***"),
    # A run in which no word can be read; of digits alone the last ones stay, see below.
    _shape(
        r"(?<![A-Za-z0-9])(?=[A-Za-z]{0,80}\d)(?=[a-z0-9]{0,80}[A-Z])(?=[A-Z0-9]{0,80}[a-z])"
        r"[A-Za-z0-9]{20,}+",
        "***",
    ),
    _shape(r"(?<![A-Za-z0-9])(?=[A-Za-z]{0,80}\d)(?=\d{0,80}[A-Za-z])[A-Za-z0-9]{28,}+", "***"),
)
"""What signs in, or speaks in the user's name."""

_GAP = r"[ \u00a0\u3000_\-\uff0d\u2014]{1,3}"
_PERHAPS = r"[ \u00a0\u3000_\-\uff0d\u2014]{0,3}"
_MOBILE = (
    rf"(?:{_PERHAPS}\d{{4}}{_PERHAPS}|\.\d{{4}}\.)(\d{{4}})",  # 138 1234 5678
    rf"{_GAP}\d{{3}}{_GAP}\d(\d{{4}})",  # 138 123 45678
    rf"\d{_GAP}\d{{4}}{_GAP}()\d{{3}}",  # 1381 2345 678
    rf"\d{_GAP}\d{{3}}{_GAP}(\d{{4}})",  # 1381 234 5678
    rf"\d\d{_GAP}\d\d(\d{{4}})",  # 13812 345678
)
_NAME_OF_A_PERSON = (
    r"(?i:buyer|receiver|consignee|contact|real|nick|user_?nick)(?:[_-]?(?i:name|nick(?:name)?))?"
    r"|收货人|收件人|买家(?:昵称|姓名)?|联系人|姓名|昵称|客户姓名"
)
_NUMBER_OF_AN_ORDER = r"(?:订单|运单|快递单|物流单)(?:编号|号)?|(?i:order[_-]?(?:id|no|sn|number))"

PERSONS: tuple[_Shape, ...] = (
    # Bounded on the left, so that a long run of letters is gone through once.
    _shape(
        r"(?<![A-Za-z0-9_.%+-])([A-Za-z0-9])[A-Za-z0-9._%+-]{0,63}"
        r"@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63})",
        r"\1***@\2",
    ),
    *(
        _shape(
            rf"(?<!\d)(?:(?:\+|00)?86{_PERHAPS})?([1\uff11][3-9\uff13-\uff19]\d){rest}(?!\d)",
            r"\1****\2",
        )
        for rest in _MOBILE
    ),
    _shape(
        rf"(?<!\d)(?<!\d\.)[(\uff08]?(0(?:10|2\d|[3-9]\d\d))[)\uff09]?{_PERHAPS}\d{{3,4}}{_PERHAPS}(\d{{4}})(?!\d)",
        r"\1-****\2",
    ),
    _shape(
        rf"(?<!\d)([48]00){_PERHAPS}(?:\d{{3}}{_PERHAPS}|{_GAP}\d{{3}}\d{_GAP}|\d{{4}}{_GAP})\d{{3,4}}(?!\d)",
        r"\1****",
    ),
    _shape(r"(?<![\w+])\+\d(?:[ -]?\d){6,13}[ -]?(\d{4})(?!\d)", r"+****\1"),
    _shape(
        r"((?:电话|手机|座机|热线|联系方式|(?i:phone|mobile|tel))(?:号码?)?\\{0,4}[\"']?\s{0,4}[:=\uff1a是]?\s{0,4}"
        r"\\{0,4}[\"']?)\d[\d -]{1,14}(\d{4})(?!\d)",
        r"\1****\2",
    ),
    _shape(r"(?<!\d)\d{4}(?:[ -]\d{4}){2,4}(?:[ -]\d{1,3})?(?!\d)", "****"),
    _shape(
        rf"((?:{_NUMBER_OF_AN_ORDER}){_IS}\\{{0,4}}[\"']?)[A-Za-z0-9-]{{1,60}}([A-Za-z0-9]{{4}})(?![A-Za-z0-9-])",
        r"\1****\2",
    ),
    # Orders, tickets, accounts; not the digits behind a decimal point.
    _shape(r"(?<!\d)(?<!\d\.)(?=\d{12})\d*+(?<=(\d{4}))", r"****\1"),
    _shape(
        rf"((?:{_NAME_OF_A_PERSON}){_IS}(?:\\{{0,4}}[\"'])?)([^\s\"'\\:=,;/|<>(){{}}\[\]，。；、：])"
        r"[^\s\"'\\:=,;/|<>(){}\[\]，。；、：]++",
        r"\1\2**",
    ),
    # What a buyer says of themselves, in the midst of a sentence.
    _shape(r"((?:我|名字?)叫(?:做)?|我姓名是)([\u4e00-\u9fff])[\u4e00-\u9fff]{1,5}+", r"\1\2**"),
)
"""Who somebody is, and how to reach them; a little stays, so that a person finds the case again."""
