"""The words of information reports: states, kinds, recipients, channels, clocks, in Chinese and English."""

from __future__ import annotations

from command.core.faults import label
from command.core.flow import Flow
from command.incidents.words import CASUALTY_FIELDS, Word

REPORT_FLOW = Flow(
    name="sitrep",
    zh={
        "draft": "草稿",
        "reviewing": "审核",
        "rejected": "退回",
        "signed": "已签发",
        "submitted": "已报出",
        "received_by_superior": "上级已签收",
        "supplement_required": "需补充",
    },
    en={
        "draft": "Draft",
        "reviewing": "Under review",
        "rejected": "Sent back",
        "signed": "Signed",
        "submitted": "Sent",
        "received_by_superior": "Received above",
        "supplement_required": "More is asked for",
    },
    transitions=(
        ("draft", "reviewing"),
        ("reviewing", "rejected"),
        ("rejected", "draft"),
        ("reviewing", "signed"),
        ("signed", "rejected"),
        ("signed", "submitted"),
        ("submitted", "received_by_superior"),
        ("submitted", "supplement_required"),
        ("received_by_superior", "supplement_required"),
        ("supplement_required", "draft"),
    ),
    initial=("draft",),
)
IN_HAND = frozenset({"draft", "reviewing", "rejected", "signed"})
OUT = frozenset({"submitted", "received_by_superior", "supplement_required"})

KINDS: dict[str, Word] = {
    "phone_flash": Word("电话快报", "Telephone report"),
    "first": Word("首报", "First report"),
    "followup": Word("续报", "Follow-up report"),
    "final": Word("终报", "Final report"),
    "verified": Word("核报", "Verified report"),
    "supplement": Word("补报", "Supplementary report"),
    "correction": Word("更正", "Correction"),
    "daily": Word("日报", "Daily report"),
    "nil": Word("零报告", "Nil report"),
}
# 报送对象: to whom a report goes. Each county names its own offices (setting `sitrep.offices`).
RECIPIENTS: dict[str, Word] = {
    "county": Word("县总值班室", "County duty office"),
    "county_health": Word("县卫生健康部门", "County health authority"),
    "city": Word("市级总值班室", "City duty office"),
    "province": Word("省级总值班室", "Provincial duty office"),
    "mine_safety": Word("矿山安全监察机构", "Mine safety authority"),
    "forestry": Word("林草主管部门", "Forestry authority"),
}
REPORTERS: dict[str, Word] = {
    "unit": Word("事发单位", "Unit concerned"),
    "facility": Word("医疗卫生机构", "Health facility"),
    "township": Word("乡镇", "Township"),
    "county": Word("县", "County"),
    "city": Word("市", "City"),
    "each": Word("各级", "Each level"),
}
CHANNELS: dict[str, Word] = {
    "phone": Word("电话", "telephone"),
    "fax": Word("传真", "fax"),
    "network": Word("政务外网", "government network"),
    "file": Word("文件拷送", "file by hand"),
    "print": Word("纸质报送", "on paper"),
    "gateway": Word("接口报送", "gateway"),
}
CLOCK_CHANNELS: dict[str, Word] = {
    "phone": Word("电话", "by telephone"),
    "written": Word("书面", "in writing"),
    "any": Word("不限方式", "by any channel"),
}
BASES: dict[str, Word] = {
    "learned": Word("自获知起", "since it was learned"),
    "received": Word("自接报起", "since it was reported"),
    "occurred": Word("自发生起", "since it occurred"),
    "found": Word("自发现起", "since it was found"),
    "changed": Word("自数字变化起", "since the figures changed"),
}
CLOCK_STATES: dict[str, Word] = {
    "pending": Word("待定级", "waits for a level"),
    "running": Word("计时中", "running"),
    "overdue": Word("超时未报", "overdue"),
    "met": Word("已报", "reported"),
    "waived": Word("不需报", "not to be reported"),
    "dropped": Word("不再计时", "no longer running"),
}
MARKS: dict[str, Word] = {
    "V": Word("法定", "law"),
    "E": Word("摘录未核", "excerpt, unverified"),
    "G": Word("通行做法未核", "common practice, unverified"),
    "P": Word("本县规定", "county's own rule"),
}
REQUEST_STATES: dict[str, Word] = {
    "open": Word("待回拨", "to be called back"),
    "verified": Word("已核实", "verified"),
    "refused": Word("未核实不提供", "not verified, not told"),
}
SECTIONS: dict[str, Word] = {
    "source": Word("信息来源", "Source"),
    "times": Word("时间", "Times"),
    "place": Word("地点", "Place"),
    "nature": Word("性质级别", "Kind and level"),
    "casualties": Word("人员伤亡", "People"),
    "loss": Word("损失和影响", "Loss and area"),
    "changes": Word("变化情况", "What changed"),
    "course": Word("简要经过", "Course"),
    "measures": Word("已采取措施", "Measures taken"),
    "trend": Word("趋势研判", "Outlook"),
    "requests": Word("需支持事项", "Support needed"),
    "contact": Word("联系人", "Contact"),
    "summary": Word("情况综述", "Summary"),
}
EXCLUDED: dict[str, Word] = {
    "cut": Word("线路中断期间，不计迟报", "the line was cut: not counted as late"),
    "proxy": Word("代录，时刻为转述，不计迟报", "entered for somebody else: not counted as late"),
}
NOT_REPORTED = Word("未报", "not reported")
label({
    "incident_id": "事件", "sections": "内容", "number": "号码", "figures": "报送数字",
    "request_id": "来电查询", "office": "自称单位", "asks": "索要内容",
    "reached": "回拨接通人", "key": "时限", "oral": "口头签发", "post": "职务", "period": "时段", "code": "代码",
})  # fmt: skip


def figures_said(figures: dict[str, int | None], lang: str = "zh") -> str:
    """Figures in words; what nobody reported is not named, for it is no 0."""
    told = [(CASUALTY_FIELDS[one], value) for one, value in figures.items() if value is not None]
    if lang == "zh":
        return "、".join(f"{word.zh} {value} 人" for word, value in told) or "人员情况未报"
    return ", ".join(f"{word.en.lower()} {value}" for word, value in told) or "people: not reported"


def groups() -> dict[str, dict[str, dict[str, str]]]:
    """The words of reports for `GET /words`."""
    tables = {
        "sitrep_kinds": KINDS, "sitrep_recipients": RECIPIENTS, "sitrep_reporters": REPORTERS, "sitrep_channels": CHANNELS,
        "report_channels": CLOCK_CHANNELS, "report_bases": BASES, "report_clocks": CLOCK_STATES, "report_marks": MARKS,
        "info_requests": REQUEST_STATES, "sitrep_sections": SECTIONS, "report_excluded": EXCLUDED,
    }  # fmt: skip
    said = {name: {code: word._asdict() for code, word in words.items()} for name, words in tables.items()}
    return {"states.sitrep": REPORT_FLOW.labels(), **said}
