"""What the page of the settings says, in Chinese and in English."""

SETTINGS_TERMS: dict[str, tuple[str, str]] = {
    # How one comes there, and what every part says.
    "page.settings": ("设置", "Settings"),
    "page.settings_title": ("设置：店铺、提醒、规则（按 ,）", "settings: shops, alerts, rules (,)"),
    "page.settings_wait": ("正在读取设置…", "Reading the settings…"),
    "page.settings_file": (
        "都写在这个文件里，您的注释会留着；密码和网址只存进系统钥匙串。",
        "All is written here, your comments stay; secrets go to the system's keyring only.",
    ),
    "page.settings_sure": ("再点一次就删除", "Press again to remove"),
    "page.settings_renew": ("现在生效", "Use them now"),
    "page.settings_renewing": (
        "正在重新开始监看，要几秒钟…",
        "Starting to watch anew, a few seconds…",
    ),
    "settings.none": (
        "这次运行没有配置文件，没有什么可以设置的。",
        "This run has no settings file: there is nothing to set.",
    ),
    "settings.none.next": (
        "用 geshao run 启动（不是演示），再打开设置。",
        "Start geshao run instead of the demo.",
    ),
    "settings.refused": (
        "填的内容不对，没有保存（{fields}）。",
        "Not saved: something is wrong ({fields}).",
    ),
    "settings.refused.next": ("请改好后再试。", "Change it and try again."),
    "settings.written": (
        "已保存到配置第 {line} 行（{key}）。",
        "Saved to line {line} of the file ({key}).",
    ),
    "settings.removed": ("已从配置里删除（{key}）。", "Removed from the file ({key})."),
    "settings.done": ("好了。", "Done."),
    "settings.waits": (
        "还没做完，可能在等系统钥匙串解锁；做完会显示在这里。",
        "Not done yet, maybe the keyring waits to be unlocked; it will show here.",
    ),
    "settings.pending": (
        "改了还没生效：{groups}。生效时会重新打开各店，几秒钟。",
        "Changed, not in use yet: {groups}. All shops are opened anew, a few seconds.",
    ),
    "settings.and": ("、", ", "),
    "settings.group.language": ("语言", "language"),
    "settings.group.browser": ("浏览器", "browser"),
    "settings.group.pace": ("多久看一次", "pace"),
    "settings.group.policy": ("规则", "rules"),
    "settings.group.triage": ("用词", "words"),
    "settings.group.channels": ("声音和桌面通知", "sound and desktop"),
    "settings.group.roads": ("手机和群", "phones and groups"),
    "settings.group.heartbeat": ("外部监测", "heartbeat"),
    "settings.group.drill": ("每周演习", "weekly drill"),
    "settings.group.shops": ("店铺", "shops"),
    # Shops.
    "page.set_shops": ("店铺", "Shops"),
    "page.set_shops_none": ("还没有店铺，先添加一家。", "No shops yet: add one."),
    "page.set_shop_add": ("添加店铺", "Add a shop"),
    "page.set_shop_remove": ("删除", "Remove"),
    "page.set_shop_platform": ("平台", "Platform"),
    "page.set_shop_name": ("店铺名", "Shop name"),
    "page.set_shop_name_hint": (
        "和后台页面顶部显示的一字不差",
        "exactly as the back office shows it",
    ),
    "page.set_shop_username": ("登录账号（可以不填）", "Account (may be empty)"),
    "page.set_shop_password": ("密码（可以不填）", "Password (may be empty)"),
    "page.set_shop_watch": ("添加并开始监看", "Add and watch"),
    "page.set_shop_cancel": ("不添加", "Cancel"),
    "page.set_shop_added": (
        "已添加。正在打开后台，看看有哪些列表…",
        "Added. Opening the back office to see its lists…",
    ),
    "page.set_shop_later": (
        "已写进配置，还没开始看：点上面的「现在生效」。",
        "Written, not watched yet: press the button above.",
    ),
    "page.set_shop_help": ("已添加，还差一步：", "Added, one step is left:"),
    "page.set_shop_found": ("找到了，已经在看：", "Found, and watched now:"),
    "page.set_shop_done": ("完成", "Done"),
    "shop.set.password": (
        "填了账号和密码会自动登录；密码只存进系统钥匙串。不填，下一步由您在窗口里登录。",
        "With account and password it signs in by itself; else you sign in in a window, next.",
    ),
    "shop.set.code": ("下一步用手机扫码登录。", "Next you scan a code with your phone."),
    "shop.set.window": (
        "下一步在打开的窗口里登录。",
        "Next you sign in in the window that opens.",
    ),
    "shop.set.client": (
        "它用这台电脑上的客户端：先打开客户端并登录。",
        "It uses a client on this computer: open it and sign in first.",
    ),
    "shop.set.unproven": (
        "这个平台还没有在真店上核对过。",
        "Nobody has checked this platform with a real shop yet.",
    ),
    "shop.set.saved": ("密码已保存", "password kept"),
    "shop.set.by_hand": ("由您登录", "you sign in"),
    # Roads to phones and groups.
    "page.set_roads": ("提醒到手机和群", "Alerts to phones and groups"),
    "page.set_roads_none": (
        "还没有：离开电脑就听不到提醒。",
        "None yet: away from this computer you hear nothing.",
    ),
    "page.set_road_add": ("添加手机或群", "Add a phone or a group"),
    "page.set_road_type": ("种类", "Kind"),
    "page.set_road_name": ("起个名字", "Your name for it"),
    "page.set_road_keyword": (
        "机器人的自定义关键词（没有就不填）",
        "The robot's keyword (may be empty)",
    ),
    "page.set_road_tiers": ("哪些级别发给它", "Which tiers"),
    "page.set_road_try": ("试发", "Test"),
    "page.set_road_remove": ("删除", "Remove"),
    "page.set_road_save": ("添加", "Add"),
    "road.type.dingtalk": ("钉钉群机器人", "DingTalk robot"),
    "road.type.feishu": ("飞书群机器人", "Feishu robot"),
    "road.type.wecom": ("企业微信群机器人", "WeCom robot"),
    "road.type.ntfy": ("ntfy 手机推送，能直接应答", "ntfy push, with answers"),
    "road.type.webhook": ("自己的网址", "Webhook"),
    "road.type.apprise": ("Bark、邮件等（Apprise）", "Bark, mail… (Apprise)"),
    "road.type.program": ("自己的程序", "Program"),
    "road.url.robot": ("机器人的 Webhook 网址", "The robot's webhook address"),
    "road.url.ntfy": (
        "主题网址，例如 https://ntfy.sh/geshao-一串随机字母数字",
        "Topic, e.g. https://ntfy.sh/geshao-and-many-random-letters",
    ),
    "road.url.apprise": ("Apprise 地址，例如 bark://…", "Apprise address, e.g. bark://…"),
    "road.url.webhook": ("网址，https:// 开头", "Address, https://…"),
    "road.secret.signed": ("加签密钥（没有就不填）", "Signing secret (may be empty)"),
    "road.secret.ntfy": ("访问令牌（没有就不填）", "Access token (may be empty)"),
    "road.saved": ("网址已保存", "address kept"),
    "road.unsaved": (
        "钥匙串里没有它的网址：请删掉，再添加一次",
        "the keyring has no address: remove it and add it again",
    ),
    "road.off": ("已停用", "off"),
    "road.on_call": ("只在点名时发", "only when called"),
    "try.running": ("正在试…", "Trying…"),
    "try.passed": (
        "发出去了，请看一眼：真的看到了才算通。",
        "Sent: look whether it really arrived.",
    ),
    "try.heard": ("响过了；没听到请检查音量。", "Played; if you heard nothing, check the volume."),
    # Sound.
    "page.set_sounds": ("声音", "Sounds"),
    "page.set_sound_on": ("用声音提醒", "Alert with sounds"),
    "page.set_desktop_on": ("用桌面通知提醒", "Alert with desktop notices"),
    "page.set_volume": ("音量", "Volume"),
    "page.set_sound_try": ("试听", "Play"),
    "sound.own": ("自己的声音：{file}", "your own: {file}"),
    # Quiet hours.
    "page.set_quiet": ("安静时段", "Quiet hours"),
    "page.set_quiet_on": ("每天这段时间安静", "Be quiet each day"),
    "page.set_quiet_from": ("从", "From"),
    "page.set_quiet_to": ("到", "to"),
    "quiet.means": (
        "这段时间只响{tiers}，别的等到早上合成一条；平台时限的最后 30 分钟永远会响。",
        "Only {tiers} rings; the rest waits for the morning. The last 30 minutes always ring.",
    ),
    # The holiday.
    "page.set_holiday": ("值班和休假", "Duty and holiday"),
    "page.set_holiday_none": ("没有休假。", "No holiday."),
    "page.set_holiday_soon": (
        "这里的改动几秒内生效。值班表在配置文件里写（roster）。",
        "Changes here are in use within seconds. The roster is in the file.",
    ),
    "page.set_holiday_begin": ("开始休假", "Set the holiday"),
    # Rules.
    "page.set_rules": ("规则", "Rules"),
    "page.set_rules_more": (
        "更多规则（按店铺例外、词、值班表、逐级叫人）写在配置文件里。",
        "More rules (exceptions, words, roster, ladders) are in the file.",
    ),
    "rule.high_value": ("金额到 {} 元，升一级。", "From {} yuan on it rises a tier."),
    "rule.conversation": (
        "买家的话，{} 分钟内要回（平台没写时限时）。",
        "A buyer's message is due in {} min where the platform has no limit.",
    ),
    "rule.refund": (
        "仅退款，{} 小时内要处理（平台没写时限时）。",
        "A refund is due in {} h where the platform has no limit.",
    ),
    "rule.outage": ("看不到店铺 {} 分钟，算紧急。", "A shop out of sight for {} min is urgent."),
    "rule.repeat": (
        "紧急的没人处理，{} 秒后再响，间隔渐长。",
        "What is urgent rings again after {} s, then ever slower.",
    ),
    "rule.batch": (
        "同一商品一天里 {} 单质量问题，另外提醒。",
        "{} quality cases of one product in a day are told apart.",
    ),
    "rule.same_buyer": (
        "同一买家一天里 {} 单，另外提醒。",
        "{} cases of one buyer in a day are told apart.",
    ),
    "rule.most": (
        "一分钟最多 {} 条提醒，再多合成一条。",
        "At most {} alerts a minute; more become one.",
    ),
    # The language, and the start with the system.
    "page.set_general": ("通用", "General"),
    "page.set_language": ("界面语言", "Language"),
    "page.set_language_zh": ("中文", "中文"),
    "page.set_language_en": ("English", "English"),
    "page.set_autostart": ("登录电脑时自动开始监看", "Start with this computer"),
    "autostart.off": (
        "没有开：每次登录电脑后要自己打开。",
        "Off: open it yourself after each sign-in.",
    ),
    "autostart.on": ("开着。", "On."),
    "autostart.gone": (
        "要启动的程序已经不在了：关掉再打开一次。",
        "Its program is gone: switch off and on again.",
    ),
    "autostart.switched_off": (
        "写好了，但在系统的设置里关掉了：再打开一次。",
        "Off in the system's own settings: switch it on again.",
    ),
}
