"""Refusals: a small family of problems (RFC 9457), each with its status and a sentence that says what to do."""

from __future__ import annotations

from typing import Any

TYPE_BASE = "urn:fengsui:problem:"


class Problem(Exception):
    """A refusal that is told to the caller. `stored`: kept in the receipt and answered again."""

    status = 500
    slug = "internal"
    title = "Internal error"
    zh = "系统内部错误"

    def __init__(
        self,
        detail: str = "",
        *,
        zh: str | None = None,
        errors: list[dict[str, Any]] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.said = zh or self.zh
        self.errors = errors or []
        self.extra = extra

    @property
    def stored(self) -> bool:
        """RULES 4: what depends on the state of the world is kept; what a retry may cure is not."""
        return self.status in (403, 404, 409)

    def body(self, command_id: str | None = None, lang: str = "zh") -> dict[str, Any]:
        """The members of an application/problem+json answer: its sentences in the language asked for, both in `said`."""
        said = {"zh": self.said, "en": self.detail}
        out: dict[str, Any] = {
            "type": TYPE_BASE + self.slug,
            "title": self.title if lang == "en" else self.zh,
            "status": self.status,
            "detail": said["en" if lang == "en" else "zh"],
            "said": said,
            "errors": [_in(one, lang) for one in self.errors],
            "command_id": command_id,
        }
        out.update(self.extra)
        return out


def _in(one: dict[str, Any], lang: str) -> dict[str, Any]:
    """A fault with its sentence in the language asked for."""
    return {**one, "message": one["said"]["en" if lang == "en" else "zh"]} if "said" in one else one


class Malformed(Problem):
    status, slug, title = 400, "malformed", "Not readable"
    zh = "无法读取"


class Unauthenticated(Problem):
    status, slug, title = 401, "sign-in", "Sign in first"
    zh = "请先登录"


class CsrfMissing(Problem):
    status, slug, title = 401, "csrf", "The page's key is missing or old: load it again"
    zh = "页面钥匙缺失或过期：请重新打开页面"


class Forbidden(Problem):
    status, slug, title = 403, "forbidden", "Your role may not do this"
    zh = "你的角色不能这样做"


class PasswordDue(Forbidden):
    slug = "password-due"
    title = "Somebody else made this password: choose one of your own first, then go on"
    zh = "当前密码是他人设置的一次性密码：请先改成自己的密码，再继续"


class NotEnrolled(Forbidden):
    title = "You are not part of this drill, or it has ended"
    zh = "你不在这次演练中，或演练已结束"


class NotFound(Problem):
    status, slug, title = 404, "not-found", "There is no such thing"
    zh = "没有这一项"


class MethodNotAllowed(Problem):
    status, slug, title = 405, "method", "This address does not take that method"
    zh = "该地址不接受这种请求"


class TooLate(Problem):
    status, slug, title = 408, "too-late", "The request did not come in time: send it again"
    zh = "请求传送太慢：请重发"


class Conflict(Problem):
    status, slug, title = 409, "conflict", "It changed, or its state does not allow this"
    zh = "它已改变，或当前状态不允许"


class Gone(Problem):
    status, slug, title = 410, "gone", "It is over"
    zh = "已结束"


class TooLarge(Problem):
    status, slug, title = 413, "too-large", "Too large"
    zh = "内容过大"


class Invalid(Problem):
    status, slug, title = 422, "invalid", "The input cannot be used"
    zh = "输入不能使用"


class KeyReused(Problem):
    status, slug, title = 422, "key-reused", "This key was used for another command"
    zh = "该键已用于另一条命令"


class VersionMissing(Problem):
    status, slug, title = 428, "version-missing", "Say which version you saw (If-Match)"
    zh = "请说明所见版本（If-Match）"


class TooMany(Problem):
    status, slug, title = 429, "too-many", "Too many requests: wait a little"
    zh = "请求过多：请稍候"


class TooBusy(Problem):
    status, slug, title = 503, "too-busy", "It takes too long now: ask again a little later"
    zh = "系统繁忙：请稍后再试"


class DiskFull(Problem):
    status, slug, title = 507, "disk-full", "The disk is nearly full: only urgent entries are taken"
    zh = "磁盘将满：只收紧急事项"
