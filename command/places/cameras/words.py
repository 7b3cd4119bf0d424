"""The words of cameras: how a picture comes, whether it comes, and why somebody watches."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """One word in both languages."""

    zh: str
    en: str


PROTOCOLS: dict[str, Word] = {
    "hls": Word("HLS", "HLS"),
    "mjpeg": Word("MJPEG", "MJPEG"),
    "webrtc": Word("WebRTC", "WebRTC"),
}
STATES: dict[str, Word] = {
    "online": Word("在线", "Online"),
    "offline": Word("离线", "Offline"),
    "unknown": Word("未检测", "Not checked"),
    "none": Word("无画面地址", "No stream"),
}
"""Where many stand in one place the map shows the first of these that any of them has: one that works is worth finding."""
PURPOSES: dict[str, Word] = {
    "incident": Word("事件处置", "Handling an incident"),
    "verify": Word("核实警情", "Checking a report"),
    "search": Word("寻找人员", "Looking for people"),
    "weather": Word("汛情山洪巡看", "Watching water and slopes"),
    "traffic": Word("道路通行", "Roads and traffic"),
    "fault": Word("设备检修", "Repairing the camera"),
    "drill": Word("演练", "Drill"),
    "other": Word("其他（须写明）", "Other (say which)"),
}
REASONS: dict[str, Word] = {
    "host": Word("主机未获准", "its host is not allowed"),
    "inside": Word("地址属内网或非加密，未获准", "its address is private or not HTTPS, and not allowed"),
    "name": Word("域名解析失败", "its name was not found"),
    "certificate": Word("证书不可信", "its certificate is not trusted"),
    "silent": Word("无应答", "no answer"),
    "status": Word("媒体服务器拒绝或无此画面", "the media server refuses it or does not have it"),
    "picture": Word("应答不是画面", "what it answers is no picture"),
}


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of cameras for `GET /words`: group → code → {zh, en}."""
    tables = {
        "camera_protocols": PROTOCOLS, "states.camera": STATES, "camera_purposes": PURPOSES, "camera_reasons": REASONS,
    }  # fmt: skip
    return {group: {code: word._asdict() for code, word in table.items()} for group, table in tables.items()}
