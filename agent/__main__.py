"""The commands, by name; what each does is in `agent/commands/`."""

import typer

from agent.commands import demo, doctor, look, run, setup

app = typer.Typer(
    name="geshao",
    help="鸽哨：替您盯着每家店的后台，该处理时叫您。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
shop = typer.Typer(help="店铺：添加、列出、删除。", no_args_is_help=True)

app.command("demo", help=demo.HELP)(demo.demo)
app.command("init", help="写一份带说明的配置文件。")(setup.init)
app.add_typer(shop, name="shop")
shop.command("add", help="添加一家店；密码存进系统钥匙串。")(setup.add)
shop.command("list", help="列出配置里的店。")(setup.show_all)
shop.command("remove", help="删除一家店，连同密码、登录状态和记录。")(setup.remove)
app.command("login", help="打开浏览器窗口，由您登录一家店。")(run.login)
app.command("run", help="开始监看：合成一个列表，到点提醒。")(run.run)
app.command("inbox", help="列出所有店的待办，最急的在前。")(look.inbox)
app.command("shops", help="每家店看得见吗，什么时候确认的，为什么看不见。")(look.shops)
app.command("ack", help="由您处理一件待办，不再响。")(look.ack)
app.command("snooze", help="推迟一件待办，不会拖过时限。")(look.snooze)
app.command("doctor", help="检查浏览器、钥匙串、声音、通知，逐项说怎么办。")(doctor.doctor)


def main() -> None:
    """Run the command that was typed."""
    app()


if __name__ == "__main__":
    main()
