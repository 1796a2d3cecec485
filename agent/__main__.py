"""The commands, by name; what each does is in `agent/commands/`."""

import io
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from agent import log
from agent.commands.late import Commands, LateCommand

COMMANDS = Commands(
    "geshao",
    "鸽哨：替您盯着每家店的后台，该处理时叫您。",
    LateCommand(
        "demo", "agent.commands.demo:demo", "演示：模拟的店铺走完整个流程，不碰您的任何数据。"
    ),
    LateCommand("init", "agent.commands.setup:init", "写一份带说明的配置文件。"),
    Commands(
        "shop",
        "店铺：添加、列出、删除。",
        LateCommand("add", "agent.commands.setup:add", "添加一家店；密码存进系统钥匙串。"),
        LateCommand("list", "agent.commands.setup:show_all", "列出配置里的店。"),
        LateCommand(
            "remove", "agent.commands.remove:remove", "删除一家店，连同密码、登录状态和记录。"
        ),
    ),
    Commands(
        "channel",
        "通道：把提醒送到手机或群里（钉钉、飞书、企业微信、Bark、邮件……）。",
        LateCommand(
            "add", "agent.commands.channel:add", "添加一条通道；网址和密钥存进系统钥匙串。"
        ),
        LateCommand(
            "list", "agent.commands.channel:show_all", "列出通道，最近一次送达，送不到的说明原因。"
        ),
        LateCommand("test", "agent.commands.channel_try:try_out", "现在试发一条。"),
        LateCommand(
            "preview", "agent.commands.channel_try:preview", "一字不差地看会发出什么，不真的发。"
        ),
        LateCommand("remove", "agent.commands.channel:remove", "删除一条通道，连同网址和密钥。"),
    ),
    Commands(
        "browser",
        "远程浏览器：店铺在别的电脑的浏览器里看。",
        LateCommand("key", "agent.commands.remotes:keep_key", "把它的地址存进系统钥匙串，或删掉。"),
    ),
    Commands(
        "pack",
        "页面规则：检查、新建、采样、试读、给编辑器的格式说明。",
        LateCommand(
            "check", "agent.commands.pack_check:check", "在真实页面上逐项检查规则，说清哪里不对。"
        ),
        LateCommand(
            "new", "agent.commands.pack_new:new", "点几下页面，为一个新平台写出第一份规则。"
        ),
        LateCommand(
            "capture",
            "agent.commands.pack_capture:capture",
            "采一份页面样本，换掉个人信息。",
        ),
        LateCommand(
            "test", "agent.commands.pack_test:try_all", "用规则试读留下的页面样本，说出哪里不同。"
        ),
        LateCommand(
            "schema", "agent.commands.pack_schema:schema", "输出规则的 JSON Schema，供编辑器使用。"
        ),
    ),
    LateCommand("login", "agent.commands.run:login", "打开浏览器窗口，由您登录一家店。"),
    LateCommand("run", "agent.commands.run:run", "开始监看：合成一个列表，到点提醒。"),
    LateCommand("inbox", "agent.commands.look:inbox", "列出所有店的待办，最急的在前。"),
    LateCommand(
        "shops", "agent.commands.look:shops", "每家店看得见吗，什么时候确认的，为什么看不见。"
    ),
    LateCommand(
        "coverage",
        "agent.commands.coverage:coverage",
        "每家店哪些时候真的看着，哪些时候没看到，为什么。",
    ),
    LateCommand("ack", "agent.commands.act:ack", "由您处理一件，或一家店提醒过的全部，不再响。"),
    LateCommand("snooze", "agent.commands.act:snooze", "推迟一件待办，不会拖过时限。"),
    LateCommand("assign", "agent.commands.act:assign", "把一件待办交给排班表里的一个人。"),
    LateCommand("star", "agent.commands.act:star", "给一件待办加星标，或去掉。"),
    LateCommand(
        "mute", "agent.commands.mute:mute", "一家店或全部安静一会儿；平台时限的最后一步仍会响。"
    ),
    LateCommand("hush", "agent.commands.mute:hush", "马上全部安静，什么都不响，最长 1 小时。"),
    LateCommand("unmute", "agent.commands.mute:unmute", "照常提醒。"),
    LateCommand(
        "drill", "agent.commands.drill:drill", "演习：一件假的待办走完每条通道，逐环说通不通。"
    ),
    LateCommand(
        "holiday", "agent.commands.holiday:holiday", "休假：换人值班，手机多响，电脑少响。"
    ),
    Commands(
        "policy",
        "提醒的规则：一单为什么这么急、改了会怎样。",
        LateCommand(
            "explain",
            "agent.commands.policy_explain:explain",
            "说清一单为什么这么急，接下来什么时候响。",
        ),
        LateCommand(
            "test",
            "agent.commands.policy_try:try_policy",
            "用最近几天的记录，算出改过的配置会响多少次。",
        ),
    ),
    LateCommand(
        "pause", "agent.commands.pause:pause", "暂停监看一家店或全部；列出的待办照样提醒。"
    ),
    LateCommand("resume", "agent.commands.pause:resume", "继续监看，马上重读。"),
    Commands(
        "autostart",
        "自动启动：一登录这台电脑就开始监看。",
        LateCommand("on", "agent.commands.autostart:turn_on", "打开；写坏了的会重新写好。"),
        LateCommand("off", "agent.commands.autostart:turn_off", "关掉。"),
        LateCommand("status", "agent.commands.autostart:status", "看开着没有，会启动什么。"),
    ),
    LateCommand(
        "doctor", "agent.commands.doctor:doctor", "检查浏览器、钥匙串、声音、通知，逐项说怎么办。"
    ),
)

_ENDLESS = {"demo", "run"}
"""They go on until somebody ends them, so to be ended is no failure."""


def main() -> NoReturn:
    """Run the command that was typed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    for stream in _streams():
        # JSON is UTF-8 wherever it goes, and one odd character must not cost the rest.
        stream.reconfigure(encoding="utf-8", errors="replace")
    log.set_up(None, verbose=False)
    try:
        COMMANDS.main(prog_name="geshao")
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else 0)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """Leave every `with` on the way out, as long as nobody else takes care of signals."""
    sys.exit(0 if _ENDLESS & set(sys.argv[1:2]) else 128 + number)


def _leave(code: int) -> NoReturn:
    """End the process: all is closed, and to take Python apart would take another second.

    Nor is a thread waited for that a driver or a keyring has not returned to us.
    """
    for stream in _streams():
        with suppress(OSError):  # nobody reads any more
            stream.flush()
    os._exit(code)


def _streams() -> list[io.TextIOWrapper]:
    return [one for one in (sys.stdout, sys.stderr) if isinstance(one, io.TextIOWrapper)]


if __name__ == "__main__":
    main()
