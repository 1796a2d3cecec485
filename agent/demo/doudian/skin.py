"""The names that a build of the pages gives to its classes, and what a new release does to them."""

import random
from typing import Literal

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

# No "a" and no "e": chance must not spell "label", "tag" or "name" inside a hash.
_LETTERS = "bcdfghjkmnpqrstvwxyzBCDFGHJKMNPQRSTVWXYZ23456789"


class Skin:
    """The class names of the pages at this moment.

    *names* maps what the page's code calls a part to the class it wears; *ui* is the prefix of
    the component library; *items_key* is where the ticket list's answer keeps its rows, and
    *chats_key* where the conversation list does; *release* counts the builds.
    """

    def __init__(self, rng: random.Random, prefix: Prefix, build: FeigeBuild) -> None:
        self._rng = rng
        self._build = build
        self._prefix = prefix
        self._take_known_shapes()
        self.release = 1
        self.names = self._readable()
        if build == "old":
            self.names |= _FEIGE_OLD

    def rename(self, *, hard: bool) -> None:
        """Put out a new release: other hashes; if *hard*, no readable name or key survives.

        A later release that is not hard takes the hard one back.
        """
        self.release += 1
        self._take_known_shapes()
        self.names = self._unreadable() if hard else self._readable()
        if hard:
            self.ui = self._hash(6).lower()
            self.items_key = self.chats_key = "record_list"
        elif self._build == "old":
            self.names |= {key: self._hash(20) for key in _FEIGE_OLD if key != "needReply"}

    def _take_known_shapes(self) -> None:
        self.ui = str(self._prefix)
        self.items_key = "items"
        self.chats_key = ""

    def _readable(self) -> dict[str, str]:
        patterns = {"time": "msgTime-#", **_READABLE, **_FEIGE_NEW}
        return {key: text.replace("#", self._hash(6)) for key, text in patterns.items()}

    def _unreadable(self) -> dict[str, str]:
        return {key: self._hash(20) for key in self._readable()}

    def _hash(self, length: int) -> str:
        # A class that begins with a digit would need escaping in the style sheet.
        return self._rng.choice(_LETTERS[:40]) + "".join(self._rng.choices(_LETTERS, k=length - 1))
