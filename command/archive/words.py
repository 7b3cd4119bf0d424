"""The states of a response file."""

from __future__ import annotations

STATES = {
    "making": {"zh": "生成中", "en": "being made"},
    "ready": {"zh": "已生成", "en": "ready"},
    "failed": {"zh": "未能生成", "en": "could not be made"},
}


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """Words as the screens take them."""
    return {"archive_states": STATES}
