"""Settings from the environment, checked once at the start; a bad one stops the start with one clear line."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

PREFIX = "FENGSUI_"
LANGUAGES = ("zh_CN", "en")

# every setting: (the default, what it decides); docs/deploy.md and docs/reference.md are held to it
SETTINGS: dict[str, tuple[str, str]] = {
    "DATA_DIR": ("var/", "where database, keys, files and demo accounts are kept"),
    "DATABASE_URL": ("SQLite in DATA_DIR", "sqlite:////path/file.db or postgresql://user:password@host/name"),
    "REDIS_URL": (
        "none",
        "redis://…: positions and rate limits across processes; nothing durable is kept there",
    ),
    "SECRET_KEY": (
        "made once, kept in DATA_DIR/secret.key",
        "seals callers and one-time seeds: keep it apart from backups",
    ),
    "NODE": ("140429", "the division code of this node's centre: 6 digits for a county, 9 for a township"),
    "HOST": ("HOST, else 127.0.0.1", "the address to listen on"),
    "PORT": ("PORT, else 5000", "the port to listen on; 0 takes a free one"),
    "READ_S": (
        "30",
        "seconds for a request's head, and for its body (a second more per 4 KB): slower ones are cut off",
    ),
    "LANG": ("zh_CN", "zh_CN or en"),
    "ORIGINS": ("this server's own", "other origins whose pages may open a socket, with commas between"),
    "SECURE_COOKIES": ("off", "1 behind HTTPS: session cookies are sent over HTTPS only"),
    "PROXIES": (
        "0",
        "how many proxies of ours stand in front (nginx: 1): whose word on a client's address is taken",
    ),
    "UPLINK_URL": ("none", "a township's county node; read, not used yet"),
    "UPLINK_TOKEN": ("none", "the token for it; read, not used yet"),
    "GATEWAY_SECRET": (
        "none",
        "signs what is handed to a webhook gateway and what it reports back; at least 16 characters",
    ),
    "MAP_KEY": (
        "none",
        "stands for {key} in the addresses of online pictures of the ground (setting map.online)",
    ),
    "COT_PORT": ("off", "Cursor-on-Target; read, not used yet"),
}


class BadSetting(SystemExit):
    """A setting that cannot be used; its text is the one line that the start prints."""


@dataclass(frozen=True)
class Settings:
    """All that the environment may decide. Ports are TCP, paths absolute."""

    data_dir: Path
    database_url: str
    redis_url: str | None
    secret_key: str
    node: str
    host: str
    port: int
    lang: str
    origins: tuple[str, ...]
    uplink_url: str | None = None
    uplink_token: str | None = None
    cot_port: int | None = None
    gateway_secret: str | None = None
    map_key: str | None = None
    secure_cookies: bool = False
    proxies: int = 0
    read_s: float = 30.0

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in ("127.0.0.1", "localhost", "::1")


def load(env: dict[str, str] | None = None) -> Settings:
    """Read the environment (default: the process's) into Settings, or raise BadSetting."""
    source = dict(os.environ) if env is None else env

    def value(name: str, *fallbacks: str) -> str | None:
        for key in (PREFIX + name, *fallbacks):
            if source.get(key):
                return source[key]
        return None

    data_dir = _data_dir(value("DATA_DIR") or "var")
    database_url = _database_url(value("DATABASE_URL"), data_dir)
    node = value("NODE") or "140429"
    if not re.fullmatch(r"\d{6}(\d{3})?", node):
        raise BadSetting(f"{PREFIX}NODE={node}: a division code has 6 (county) or 9 (township) digits")
    lang = value("LANG") or "zh_CN"
    if lang not in LANGUAGES:
        raise BadSetting(f"{PREFIX}LANG={lang}: one of {', '.join(LANGUAGES)}")
    host = value("HOST", "HOST") or "127.0.0.1"
    port = _port("PORT", value("PORT", "PORT") or "5000")
    cot = value("COT_PORT")
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        redis_url=value("REDIS_URL"),
        secret_key=value("SECRET_KEY") or _kept_secret(data_dir),
        node=node,
        host=host,
        port=port,
        lang=lang,
        origins=tuple(filter(None, (value("ORIGINS") or "").split(","))),
        uplink_url=value("UPLINK_URL"),
        uplink_token=value("UPLINK_TOKEN"),
        cot_port=_port("COT_PORT", cot) if cot else None,
        gateway_secret=_gateway_secret(value("GATEWAY_SECRET")),
        map_key=value("MAP_KEY"),
        proxies=_proxies(value("PROXIES") or "0"),
        read_s=_seconds("READ_S", value("READ_S") or "30"),
        secure_cookies=(value("SECURE_COOKIES") or "") in ("1", "true", "yes"),
    )


def _data_dir(text: str) -> Path:
    data_dir = Path(text).resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"{PREFIX}DATA_DIR={data_dir}: {error.strerror}") from error
    return data_dir


def _port(name: str, text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) < 65536:
        raise BadSetting(f"{PREFIX}{name}={text}: a port is a number from 0 to 65535")
    return int(text)


def _gateway_secret(text: str | None) -> str | None:
    if text is not None and len(text) < 16:
        raise BadSetting(f"{PREFIX}GATEWAY_SECRET: at least 16 characters")
    return text


def _proxies(text: str) -> int:
    if text not in ("0", "1", "2", "3"):
        raise BadSetting(f"{PREFIX}PROXIES={text}: how many proxies of ours stand in front, 0 to 3")
    return int(text)


def _seconds(name: str, text: str) -> float:
    if not re.fullmatch(r"\d{1,4}", text) or not int(text):
        raise BadSetting(f"{PREFIX}{name}={text}: whole seconds, from 1 to 9999")
    return float(text)


def _database_url(url: str | None, data_dir: Path) -> str:
    if not url:
        return f"sqlite:///{data_dir / 'fengsui.db'}"
    if url.startswith("sqlite:////"):
        return url
    for scheme in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    raise BadSetting(f"{PREFIX}DATABASE_URL: use sqlite:////path/file.db or postgresql://user@host/name")


def _kept_secret(data_dir: Path) -> str:
    """The installation's own secret: made once, kept beside the data, readable by its owner only."""
    path = data_dir / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret
