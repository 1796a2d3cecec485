"""What the window says of itself: before there is an agent, after it broke, small, or put away."""

WINDOW_TERMS: dict[str, tuple[str, str]] = {
    "opening.connecting": ("正在打开…", "Opening…"),
    "opening.first": ("马上就好。", "In a moment."),
    "opening.blind": ("还没有开始监看", "Not watching yet"),
    "opening.again": (
        "不用重新启动：鸽哨每 20 秒自己再试一次。",
        "No need to restart: it tries again every 20 s.",
    ),
    "opening.look": (
        "现在没有人看着店铺：请先自己打开各店后台看一眼，再退出并重新启动鸽哨。",
        "Nobody watches now: look at each back office yourself, then quit and start again.",
    ),
    "opening.stopped": ("没能开始监看", "Watching could not begin"),
    "opening.broke": ("已停止监看", "Watching has stopped"),
    "window.away": (
        "小窗已收起，鸽哨还在监看；再启动一次鸽哨，小窗就会回来。",
        "The window is put away and all shops are still watched; start Geshao again to see it.",
    ),
    "error.no_agent": (
        "鸽哨没有在监看，这次没有完成。",
        "Nothing is watched now; it was not done.",
    ),
    "error.no_agent.next": ("看小窗上写的原因和办法。", "The window says why, and what helps."),
    "tray.open": ("打开小窗", "Open the window"),
    "tray.hush": ("马上全部安静 10 分钟", "Silence everything for 10 minutes"),
    "page.again": ("马上再试", "Try again now"),
    "page.put_away": ("收起小窗，继续监看", "Put the window away, keep watching"),
    "page.whistle": ("缩成小条（按 W）", "Shrink to a strip (W)"),
    "page.inbox": ("展开列表（按 W）", "Show the list (W)"),
    "page.fade": ("透明一些（按 T）", "See through it (T)"),
    "page.dock": ("靠到屏幕边上（按 E）", "To the edge of the screen (E)"),
    "page.whistle_label": ("鸽哨小条", "Geshao at a glance"),
}
