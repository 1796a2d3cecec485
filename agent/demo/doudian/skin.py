"""The names that a build of the pages gives to its classes, and what a new release does to them."""

import random
from collections.abc import Mapping
from typing import Literal

from agent.demo import kit
from agent.demo.kit.skin import BARE_HASH

Prefix = Literal["auxo", "aurora"]
FeigeBuild = Literal["old", "new"]

# `#` stands for the build hash; what stands before it is the part that people can read.
_READABLE = {
    "headerShopName": "index_headerShopName__#",
    "headerLine": "index_line__#",
    "groupTitle": "index_groupTitle__#",
    "groupItems": "index_groupItems__#",
    "groupItem": "index_item__#",
    "label": "index_label__#",
    "count": "index_num__#",
    "selected": "index_selected__#",
    "roleItem": "index_roleItem__#",
    "itemTitle": "index_itemTitle__#",
    "itemDetail": "index_itemDetail__#",
    "errorTip": "index_errorTip__#",
    "name": "name-#",
    "spec": "spec-#",
    "tag": "tag-#",
    "itemWrapper": "item-wrapper-#",
    "emptyRow": "table-empty-#",
}

_FEIGE_NEW = {
    "conversationCard": "conversationCard-#",
    "needReply": "needReply-#",
    "nameLine": "nameLine-#",
    "nameContent": "newNameContent-#",
    "preview": "msgContent-#",
    "age": "timerParticular-#",
    "badge": "badge-count-#",
    "userLabel": "userLabel-#",
    "cardTag": "cardTag-#",
    "avatar": "newAvatar-#",
    "activeRow": "active-#",
}

# The old build's names are nothing but hashes; these were live until mid-2026.
_FEIGE_OLD = {
    "conversationCard": "ZqV2kQm8xLJ0c7rTnW3P",
    "needReply": "needReply",
    "nameLine": "MP1bk3ccfHC9V2SnPCGD",
    "nameContent": "Jv6FtqUv5VoYARd2pp4y",
    "preview": "lF_M7QiFB0ukHWpMfQde",
    "time": "CEnLM8MEGksTdgi_8Lqf",
    "age": "FDBMBK87T0SHSZ_4swP6",
    "badge": "rxAvaVFJHvpEGMc1ejm1",
    "userLabel": "obeJrSyU4KwAzGeRfcbk",
    "cardTag": "obeJrSyU4KwAzGeRfcbk",
    "avatar": "h0GxTqWc9yKDn5ZbVp2M",
    "activeRow": "wmvLQcpt39Hk9PSISrlN",
}

_NEW = {"time": "msgTime-#", **_READABLE, **_FEIGE_NEW}
_PATTERNS: Mapping[FeigeBuild, Mapping[str, str]] = {"new": _NEW, "old": {**_NEW, **_FEIGE_OLD}}

PREFIX_OF: Mapping[str, Prefix] = {"a": "auxo", "b": "aurora"}
FEIGE_OF: Mapping[str, FeigeBuild] = {"a": "new", "b": "old"}


# The chats stand in no list of a name, they are the answer's `data`.
KEYS = {"items": "items", "chats": ""}


class Skin(kit.Skin):
    """The class names of the pages at this moment, and where their answers have the rows."""

    def __init__(self, rng: random.Random, prefix: Prefix, build: FeigeBuild) -> None:
        super().__init__(rng, _PATTERNS[build], known_keys=KEYS, ui=prefix)
        self._build = build

    def rename(self, *, hard: bool) -> None:
        """Put out a new release: other hashes; if *hard*, no readable name or key survives."""
        super().rename(hard=hard)
        if self._build == "old" and not hard:
            self.names |= {key: self.hash(BARE_HASH) for key in _FEIGE_OLD if key != "needReply"}
