"""The states of a destruction and the grounds on which personal data may be held."""

from __future__ import annotations

STATES = {
    "due": {"zh": "待销毁", "en": "due"},
    "held": {"zh": "暂缓", "en": "held"},
    "erasing": {"zh": "正在清除", "en": "being erased"},
    "erased": {"zh": "已销毁", "en": "erased"},
    "dropped": {"zh": "已撤回", "en": "withdrawn"},
}
GROUNDS = {
    "evidence": {"zh": "证据留存", "en": "evidence"},
    "evaluation": {"zh": "事件评估", "en": "evaluation of the incident"},
    "claims": {"zh": "赔偿、抚恤、诉讼", "en": "compensation or a case in court"},
    "other": {"zh": "其他法定事由", "en": "another ground in law"},
}
SUBJECTS = {
    "incident": {"zh": "事件", "en": "incident"},
    "hazard": {"zh": "隐患", "en": "hazard"},
    "duty_note": {"zh": "值班日志", "en": "log of duty"},
    "reply": {"zh": "短信回复", "en": "SMS reply"},
    "evacuation": {"zh": "转移", "en": "evacuation"},
}


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """Words as the screens take them."""
    return {"destruction_states": STATES, "hold_grounds": GROUNDS, "destruction_subjects": SUBJECTS}
