"""Which numbers can take which sort of message."""

from __future__ import annotations

import hashlib
import hmac
import re

MOBILE = re.compile(r"(\+?86)?1\d{10}|\+[1-9]\d{7,14}")
BETWEEN = re.compile(r"[ ()-]")


def takes_sms(number: str | None) -> bool:
    """Whether a number can take an SMS: a mobile one, not an extension or a landline."""
    return number is not None and MOBILE.fullmatch(BETWEEN.sub("", number)) is not None


def plain(number: str) -> str:
    """The number as a gateway wants it: digits, with a plus where it names its country."""
    return BETWEEN.sub("", number)


def digest_of(secret: str, number: str) -> str:
    """A number as a keyed digest, the same however it is written (+86, spaces): it finds, and tells nothing."""
    digits = re.sub(r"\D", "", number)
    same = digits[-11:] if re.fullmatch(r"(0{0,2}86)?1\d{10}", digits) else digits
    return hmac.new(secret.encode(), b"number:" + same.encode(), hashlib.sha256).hexdigest()
