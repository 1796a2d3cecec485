"""A large page of a made-up shop, with secrets planted wherever a page has room for them."""

import html
import json
from datetime import UTC, datetime
from urllib.parse import quote

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
SHOP = "小橘灯数码旗舰店"
KEEP = frozenset({"待商家审核", "仅退款", "申请原因", "售后退款", "订单编号", "qa-row"})

PHONE = "13912345678"
LANDLINE = "057188776655"
NAMES = ["张三", "赵钱孙", "欧阳某某"]
STREET = "文一西路"
ORDER = "6921234567890123456"
SERIAL = "240501123456789012345"
IDENTITY = "330106199003071234"
BANK = "6222021202012345678"
PLATE = "浙A7K92Q"
MAIL = "zhang.san@mail.example.net"
TOKEN = "msTok3nAbCdEfGhIjKlMnOpQrStUvWx"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl"
CHAT = "我家孩子把盒子拆了"

SECRETS = [
    *(PHONE, LANDLINE, *NAMES, STREET, ORDER, SERIAL, IDENTITY, BANK, PLATE, MAIL, TOKEN, JWT),
    *(CHAT, SHOP),
]

_ROW = """
<tr class="list-row level-0" data-row-key="{order}" data-qa-id="qa-row" id="row-{order}">
  <td colspan="8"><div class="head" data-ids='{ids}'>
    <span>订单编号 {order}</span><span>仅退款</span></div></td></tr>
<tr class="list-row level-1" data-row-key="{order}-child-0">
  <td><div class="name-x1">{chat}</div>
  <img src="https://img.shop.test/a/{token}.jpg?s={jwt}"></td>
  <td>申请原因 {chat}</td>
  <td>售后退款 ¥128.50</td><td>申请时间 2026/04/30 18:03:21</td>
  <td><div>待商家审核</div>
  <div class="countdown" data-due="1777644000">22小时31分后自动同意</div></td>
  <td><a href="/detail?id={order}&amp;token={token}" onclick="go('{phone}')">查看详情</a></td>
</tr>"""


def a_page() -> str:
    """Return the page as a browser would write it out."""
    ids = html.escape(json.dumps({"order_id": int(ORDER), "buyer": NAMES[0]}), quote=True)
    row = _ROW.format(
        order=ORDER, ids=ids, chat=f"{CHAT}，{NAMES[1]}", token=TOKEN, jwt=JWT, phone=PHONE
    )
    return (
        "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'>"
        f"<meta name='csrf-token' content='{TOKEN}'><title>{SHOP} - 售后工作台</title>"
        f"<link rel='preload' href='/u?token={TOKEN}'>"
        f"<script>window.user = {{name: '{NAMES[0]}', phone: '{PHONE}'}}</script>"
        f'<script type=\'application/json\'>{{"jwt": "{JWT}"}}</script>'
        f"<style>/* {NAMES[0]} */ .a::after{{content:'{NAMES[1]}'}} "
        f".b{{background:url(https://cdn.test/{PHONE}.png)}} [data-n='{NAMES[2]}']{{top:0}}"
        "@import url('//cdn.test/x.css?u=" + PHONE + "');</style></head><body>"
        f"<!-- {PHONE} --><noscript><img src='/pixel?u={PHONE}'></noscript>"
        f"<header><div class='index_shopName__a1b2'>{SHOP}</div><a>共 57 条</a></header>"
        f"<table><tbody>{row * 40}</tbody></table>{_corners()}</body></html>"
    )


def _corners() -> str:
    spelled = "".join(f"&#{ord(letter)};" for letter in NAMES[0])
    nested = html.escape(json.dumps({"a": json.dumps({"n": NAMES[1], "p": PHONE})}))
    frame = html.escape(f"<p>{NAMES[0]} {PHONE}</p>")
    return (
        f"<p>{spelled}</p><p>{PHONE[:3]}<b>{PHONE[3:7]}</b><i>{PHONE[7:]}</i></p>"
        f"<p>{'<b></b>'.join(f'<span>{digit}</span>' for digit in ORDER)}</p>"
        f"<p>{' '.join(PHONE)}</p><p>{PHONE[:3]}\u200b{PHONE[3:7]}\u200b{PHONE[7:]}</p>"
        f"<p>+86 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]} / {LANDLINE[:4]}-{LANDLINE[4:]}</p>"
        f"<p title='{NAMES[2]} {MAIL}' data-u='{quote(NAMES[0])}'>{STREET}502室 {MAIL}</p>"
        f'<div data-state="{nested}" style="background:url(\'/a?u={PHONE}\')">{IDENTITY}</div>'
        f"<div data-row='{quote(quote(NAMES[1]))}'>{BANK[:4]} {BANK[4:8]} {BANK[8:]}</div>"
        f"<input type='hidden' value='{TOKEN}'><input type='password' value='{TOKEN}'>"
        f"<input value='{PLATE}'><textarea>{CHAT}</textarea><select><option>{NAMES[0]}</select>"
        f"<template shadowrootmode='open'><p>{NAMES[0]} {SERIAL[:6]}-{SERIAL[6:]}</p></template>"
        f"<svg class='qr'><text>{PHONE}</text></svg><x-card n='{PHONE}'>{PLATE}</x-card>"
        f"<iframe src='https://im.shop.test/login/common?t={TOKEN}' srcdoc=\"{frame}\">"
        "</iframe><a href='tel:" + PHONE + "'>电话</a><a href='mailto:" + MAIL + "'>邮箱</a>"
        f"<p>{PHONE.translate({ord('0') + n: 0xFF10 + n for n in range(10)})}</p>"
    )
