"""What the overlay says about its switches beside the shops, in Chinese and in English."""

_REPLY = """\
您好！{days} 我们休假，回复会比平时慢一些，请您谅解。
要退款退货的，请直接在订单里申请，我们会按先后处理；着急的请把订单号和情况一次写全。
{back} 起恢复正常。"""

SWITCH_TERMS: dict[str, tuple[str, str]] = {
    # Silence: the stop key, and what it looks like while it lasts.
    "page.hush": ("马上全部安静 10 分钟（按 M）", "Silence everything for 10 minutes (M)"),
    "page.hushed": ("全部静音到 {clock}", "Silent until {clock}"),
    "page.hushed_left": ("剩 {left}，快到时限的也不响", "{left} left, nothing rings"),
    "page.hushed_already": ("已经全部静音到 {clock}", "All is silent until {clock} already"),
    "page.hush_span": ("改时长", "Change"),
    "page.hush_span_title": ("从现在起静音多久", "silent from now on for"),
    "page.unhush": ("恢复响铃", "Ring again"),
    # A rehearsal, begun and followed here.
    "page.drill": ("演习", "Drill"),
    "page.drill_hint": (
        "真的响一次、发一次，看送不送得到（按 R）",
        "rings and sends for real: does it arrive? (R)",
    ),
    "page.drill_title": ("演习：提醒送得到吗？", "Drill: do alerts arrive?"),
    "page.drill_meaning": (
        "编一单紧急的假待办，在每条通道上真的响一次、发一次，都标着【演习】，不用处理。",
        "A made-up urgent case rings once on every road, marked [DRILL]. Nothing is to be done.",
    ),
    "page.drill_begin": ("开始演习", "Begin"),
    "page.drill_again": ("再演习一次", "Once more"),
    "page.drill_heard": ("看到了，确认", "I noticed it"),
    "page.drill_unheard": ("没看到", "I did not"),
    "page.fold": ("收起", "Fold"),
    "trial.running": ("演习中：{done}/{all}", "Under way: {done}/{all}"),
    "trial.running.short": ("演习中 {done}/{all}", "drill {done}/{all}"),
    "trial.asks": (
        "消息都发了。手机、群和桌面上看到【演习】了吗？",
        "All is sent. Did you notice it on your phone, in the group, on the desk?",
    ),
    "trial.asks.some": (
        "发完了，有 {failed} 条通道没送到。其余的看到【演习】了吗？",
        "Sent, but {failed} road(s) failed. Did you notice the others?",
    ),
    "trial.asks.short": ("演习：请确认", "drill: confirm"),
    "trial.passed": ("演习通过，每个环节都通", "Passed: every link holds"),
    "trial.failed": ("演习没有通过：{failed} 个环节不通", "Not passed: {failed} link(s) broken"),
    "link.judged": ("判断级别", "judged"),
    "link.written": ("写入记录", "recorded"),
    "link.answered": ("您的确认", "your answer"),
    "link.waiting": ("等待", "waiting"),
    "link.passed": ("通", "holds"),
    "link.failed": ("不通", "broken"),
    "link.not_tried": ("没走到", "not reached"),
    "link.took": ("{seconds} 秒", "{seconds} s"),
    # Who is on duty, and the holiday.
    "duty.on": ("值班：{people}", "On duty: {people}"),
    "duty.nobody": ("现在没有人值班，要叫人时叫所有人", "Nobody is on duty: all are called"),
    "duty.until": ("，到 {until}", ", until {until}"),
    "holiday.now": ("休假中：{days}，由 {who} 值班", "Holiday: {days}, {who} stands in"),
    "holiday.coming": (
        "要休假：{days}，到时由 {who} 值班",
        "Holiday ahead: {days}, {who} stands in",
    ),
    "holiday.days": ("{first} 到 {last}", "{first} to {last}"),
    # Chinese in either language: buyers read it, whoever looks at the screen.
    "holiday.reply": (_REPLY, _REPLY),
    "page.holiday": ("休假", "Holiday"),
    "page.holiday_title": ("休假设置", "Holiday"),
    "page.holiday_meaning": (
        "休假期间由替班的人值班：手机和群照样叫，这台电脑不出声。",
        "Somebody stands in: phones and groups ring, this computer makes no sound.",
    ),
    "page.holiday_from": ("第一天", "First day"),
    "page.holiday_to": ("最后一天", "Last day"),
    "page.holiday_who": ("替班", "Stand-in"),
    "page.holiday_save": ("记下休假", "Save"),
    "page.holiday_end": ("结束休假", "End the holiday"),
    "page.holiday_saved": (
        "记下了休假。自动回复请自己贴到各平台。",
        "Saved. Put the automatic reply into each platform yourself.",
    ),
    "page.holiday_ended": (
        "休假结束，提醒照常。平台上贴了自动回复的，请自己关掉。",
        "The holiday is over. Take the automatic reply out of each platform yourself.",
    ),
    "page.reply": (
        "给平台的自动回复（鸽哨从不替您发送）",
        "Automatic reply, sent by nobody but you",
    ),
    "page.copy": ("复制", "Copy"),
    "page.copy_reply": ("复制自动回复", "Copy the reply"),
    "page.copied": ("已复制，请贴到平台的自动回复里。", "Copied; put it into the platform."),
    "page.copy_by_hand": (
        "没能自动复制：文字已选中，请按 Ctrl+C。",
        "Not copied: the text is selected, press Ctrl+C.",
    ),
}
