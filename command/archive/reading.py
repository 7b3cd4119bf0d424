"""The parts of a response file that people read: the timeline as a page, and how the file is verified with tools that everybody has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

from command.core import clock
from command.incidents.words import INCIDENT_FLOW

WORDS = {
    "zh": ("事件经过", "发生时刻", "收到时刻", "谁", "何事", "系统", "【演练】", "状态", "共 {n} 条，时间为北京时间"),
    "en": ("Timeline", "At", "Received", "Who", "What", "system", "DRILL: ", "State", "{n} entries, times of Beijing"),
}  # fmt: skip
STYLE = (
    "body{font:14px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #bbb;padding:.35em .6em;text-align:left;"
    "vertical-align:top}td.t{white-space:nowrap;font-variant-numeric:tabular-nums}tr{break-inside:avoid}"
)


class Item(NamedTuple):
    """A line of the timeline; nobody's name: the system's own."""

    at: datetime
    received_at: datetime
    who: str
    text: dict[str, str]


def timeline_page(incident: dict[str, Any], items: Sequence[Item], lang: str, *, drill: bool) -> str:
    """The timeline as one page of HTML that loads nothing: to read, to print."""
    title, at, received, who, what, system, mark, state, foot = WORDS[lang]
    named = INCIDENT_FLOW.zh if lang == "zh" else INCIDENT_FLOW.en
    rows = "\n".join(
        f'<tr><td class="t">{clock.stamp(one.at)}</td><td class="t">{clock.stamp(one.received_at)}</td>'
        f"<td>{escape(one.who or system)}</td>"
        f"<td>{escape(one.text[lang])}</td></tr>"
        for one in items
    )
    head = escape(f"{mark if drill else ''}{incident['number']} {incident['title']}")
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        f"<title>{head} · {title}</title><style>{STYLE}</style></head><body>\n<h1>{head}</h1>\n"
        f"<p>{title} · {state}: {escape(named[incident['state']])} · {foot.format(n=len(items))}</p>\n"
        f"<table><thead><tr><th>{at}</th><th>{received}</th><th>{who}</th><th>{what}</th></tr></thead><tbody>\n"
        f"{rows}\n</tbody></table></body></html>\n"
    )


README = """事件档案 Response file
========================

内容 Contents
  incident.json        事件现状 the incident as it stood
  timeline.zh.html     经过（中文，可直接打开、打印） the timeline in Chinese, to open and print
  timeline.en.html     经过（英文） the timeline in English
  journal.jsonl        本事件的日志，每条附散列 its journal entries, each with its hash
  records/*.jsonl      报告、任务、报送、图上标绘等 reports, tasks, sitreps, drawings …
  papers/              已报出的信息报送件 reports as they were sent
  photos/              现场照片 photos of the scene
  map.geojson          位置与标绘（WGS-84） places and drawings
  manifest.json        目录、版次、日志末端 what is in here, edition, end of the journal
  SHA256SUMS(.sig)     各件散列及其签名（Ed25519） hashes of all members, and their signature
  key.pem              签名公钥 the public key that signed

不含来电人等个人信息。No caller and no other sealed personal data is in here.

验证 To verify, with openssl 3 and coreutils (county.pem: 从县里另行取得的公钥 the county's public key, from the county itself):
  mkdir file && cd file && unzip ../FILE.zip
  openssl pkeyutl -verify -pubin -inkey ../county.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
  sha256sum -c --strict SHA256SUMS
  find . -type f ! -name 'SHA256SUMS*' -printf '%P\\n' | sort | diff - <(cut -c67- SHA256SUMS | sort)   # 无多余文件 nothing was added
  cmp key.pem ../county.pem
或 or: fengsui archive verify FILE.zip --key county.pem （另验日志各条 which also checks each journal entry）

日志各条的散列 Hash of an entry: SHA-256 over prev_hash, header, topics, digest, each preceded by its length (8 bytes, big-endian);
header = the members "world seq origin incarnation origin_seq hlc at received_at actor command cause type kind v" as JSON with sorted
keys and no spaces; digest = the same over record and text. SHA-256 字节串各前置 8 字节大端长度。
"""
