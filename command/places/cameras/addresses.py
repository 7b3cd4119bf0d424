"""Addresses of streams: which may be registered, and how one is made good for a few minutes only.

The serving process never carries a picture: the browser fetches it from the county's media server. So that a right holds there,
the address is signed when it is handed out, and the media server (nginx's `secure_link`) verifies it without asking us.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field
from sqlalchemy.orm import Session

from command.core.errors import Invalid
from command.core.outbound import network
from command.core.settings import setting

TOKEN, EXPIRES = "{token}", "{expires}"


HOSTS = setting(
    "camera.allow_hosts", Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=50)], [],
    zh="摄像头媒体服务器（host 或 host:端口）", en="Media servers of cameras (host or host:port)",
)  # fmt: skip
NETWORKS = setting(
    "camera.allow_networks", Annotated[list[Annotated[str, AfterValidator(network)]], Field(max_length=20)], [],
    zh="摄像头媒体服务器所在内网网段", en="Private networks where media servers of cameras may be",
)  # fmt: skip
SIGNED_S = setting(
    "camera.sign_s", Annotated[int, Field(ge=20, le=3600)], 60,
    zh="画面地址签名时长（播放中自动续签）", en="A stream's address is signed for (anew while it plays)", unit="s",
)  # fmt: skip
UNSIGNED = setting(
    "camera.unsigned", bool, False,
    zh="允许登记不带时限签名的画面地址", en="Streams whose address is not signed for a time may be registered",
)  # fmt: skip


def checked(session: Session, node: str, address: str) -> str:
    """The address, if it may be registered; else Invalid, which never repeats it."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or any(one.isspace() or ord(one) < 32 for one in address)
    ):
        raise Invalid(
            "address: https://host/path that a browser can fetch (RTSP goes through a media server)",
            zh="地址须为浏览器可取的 https://主机/路径（RTSP 须经媒体服务器转出）",
        )
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Invalid(
            "address: without name and password before the host; the media server keeps those",
            zh="地址中不写用户名和密码：由媒体服务器保管",
        )
    allowed = HOSTS(session, node)
    if host not in allowed and f"{host}:{port}" not in allowed:
        raise Invalid(
            "address: its host is not in the setting camera.allow_hosts; an administrator adds it",
            zh="地址的主机不在设置“摄像头媒体服务器”之列：请管理员加入",
        )
    if not (TOKEN in address and EXPIRES in address) and not UNSIGNED(session, node):
        raise Invalid(
            "address: with {token} and {expires}, so that it ends by itself; or the setting camera.unsigned",
            zh="地址须含 {token} 与 {expires}，以便限时；否则须先开启设置“允许不带时限签名”",
        )
    return address


def is_signed(address: str) -> bool:
    """Whether the address ends by itself."""
    return TOKEN in address and EXPIRES in address


def origin(address: str) -> str:
    """Scheme, host and port: what a page's policy is opened for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def key_of(secret: str) -> str:
    """The key that media servers share with this installation; another than any that seals."""
    return hmac.new(secret.encode(), b"fengsui camera streams", hashlib.sha256).hexdigest()


def scope(address: str) -> str:
    """What a signature is good for: the directory of the stream, without the places of the signature itself."""
    parts = [
        one for one in unquote(urlsplit(address).path).split("/")[:-1] if one not in (TOKEN, EXPIRES, "")
    ]
    return "".join(f"/{one}" for one in parts) + "/"


@dataclass(frozen=True)
class Signature:
    """An address that is good until a time, and what of it is another each time: (token, expires)."""

    url: str
    marks: tuple[str, str]


def signed(address: str, key: str, until: datetime) -> Signature:
    """The address, good until a time: `{token}` is what nginx's `secure_link_md5 "$expires$scope $key"` computes."""
    expires = str(int(until.timestamp()))
    digest = hashlib.md5(f"{expires}{scope(address)} {key}".encode(), usedforsecurity=False).digest()
    token = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return Signature(address.replace(TOKEN, token).replace(EXPIRES, expires), (token, expires))
