"""Public health events (公共卫生事件): graded by pathogen and spread, so counts suggest no level."""

from __future__ import annotations

from command.incidents.kinds.base import Field, Kind, say

SICK = Field("sick", "发病人数", "People ill", "int", "人")
EXPOSED = Field("exposed", "接触人数", "People exposed", "int", "人")
IN_HOSPITAL = Field("in_hospital", "住院人数", "In hospital", "int", "人")
ONSET = Field("onset_at", "首例时间", "First case at", "text")

HEALTH: tuple[Kind, ...] = (
    Kind(
        code="infectious",
        zh="传染病疫情",
        en="Infectious disease outbreak",
        klass="health",
        icon="virus",
        fields=(Field("disease", "病种", "Disease", "text"), SICK, EXPOSED, IN_HOSPITAL, ONSET),
        questions=say(
            "几个人发病，什么症状，什么时候开始？ | How many are ill, with what, since when?",
            "他们在一起吃过、住过、上过学吗？ | Did they eat, live or study together?",
            "现在人在哪里，隔开了吗？ | Where are they now, and apart from others?",
        ),
        first_actions=say(
            "2 小时内报县卫健和疾控 | Report to county health and disease control within 2 hours",
            "隔离病例，登记密切接触者 | Isolate the ill; list close contacts",
            "流调采样，消毒 | Trace, sample, disinfect",
            "不泄露个人信息 | Disclose nothing personal",
        ),
        needs_skills=("epidemic", "medical"),
    ),
    Kind(
        code="unknown_disease",
        zh="群体性不明原因疾病",
        en="Group illness of unknown cause",
        klass="health",
        icon="virus",
        fields=(SICK, EXPOSED, IN_HOSPITAL, ONSET),
        questions=say(
            "多少人，同样的症状吗，有没有重的？ | How many, the same signs, any grave?",
            "吃的、喝的、闻的有什么相同？ | What did they all eat, drink or smell?",
            "还有人在新发病吗？ | Are new cases appearing?",
        ),
        first_actions=say(
            "按传染病先防护再接触 | Protect first, as if infectious",
            "救治重症，留样待检 | Treat the grave; keep samples",
            "查共同暴露，控制可疑来源 | Find what they share; close the suspected source",
            "2 小时内报卫健部门 | Report to the health department within 2 hours",
        ),
        needs_skills=("epidemic", "medical", "hazmat"),
    ),
    Kind(
        code="food_safety",
        zh="食品安全事件",
        en="Food safety event",
        klass="health",
        icon="food",
        fields=(Field("meal", "可疑餐次", "Suspected meal", "text"), SICK, EXPOSED, IN_HOSPITAL),
        questions=say(
            "在哪里、哪一顿吃的，多少人一起吃？ | Where and which meal, and how many ate it?",
            "几个人不舒服，有没有抽搐昏迷？ | How many are unwell? Any fits or unconscious?",
            "剩饭、呕吐物留着吗？ | Are leftovers and vomit kept?",
        ),
        first_actions=say(
            "救治病人，通知同餐人员 | Treat the ill; tell all who ate there",
            "封存食品、原料和餐具 | Seal food, ingredients and dishes",
            "留样送检，报市场监管和卫健 | Sample; tell market supervision and health",
        ),
        needs_skills=("medical", "epidemic"),
    ),
    Kind(
        code="drug_safety",
        zh="药品安全事件",
        en="Drug safety event",
        klass="health",
        icon="pill",
        fields=(
            Field("drug", "药品/疫苗", "Drug or vaccine", "text"),
            Field("batch", "批号", "Batch", "text"),
            SICK,
        ),
        questions=say(
            "什么药、什么批号，用了多少人？ | Which drug, which batch, given to how many?",
            "出现什么反应，人在哪里？ | What reaction, and where are they?",
        ),
        first_actions=say(
            "停用封存同批药品 | Stop and seal the batch",
            "救治并登记用药人员 | Treat and list those who had it",
            "报药监和卫健 | Tell drug supervision and health",
        ),
        needs_skills=("medical", "epidemic"),
    ),
    Kind(
        code="occupational",
        zh="职业中毒和职业危害",
        en="Occupational poisoning",
        klass="health",
        icon="skull",
        fields=(
            Field("unit_name", "单位", "Enterprise", "text"),
            Field("agent", "毒物", "Agent", "text"),
            SICK,
            EXPOSED,
        ),
        questions=say(
            "接触了什么，几个人，都出来了吗？ | What were they exposed to, how many, are all out?",
            "里面通风了吗，有没有人进去救？ | Is it ventilated? Did anyone go in?",
        ),
        first_actions=say(
            "撤离、通风，佩戴防护再施救 | Clear, ventilate, rescue only with protection",
            "脱去污染衣物冲洗，送医 | Remove clothing, wash, to hospital",
            "检测现场，停止作业 | Test the place; stop work",
        ),
        needs_skills=("hazmat", "confined", "medical"),
    ),
    Kind(
        code="animal_epidemic",
        zh="动物疫情",
        en="Animal epidemic",
        klass="health",
        icon="animal",
        fields=(
            Field("animal", "畜种", "Animal", "text"),
            Field("animals_dead", "死亡数", "Dead", "int", "头/只"),
            Field("animals_kept", "存栏数", "Kept", "int", "头/只"),
        ),
        questions=say(
            "什么牲畜，病死多少，还有多少？ | Which animals, how many dead, how many left?",
            "最近进过、卖过没有？ | Were any bought or sold lately?",
            "有没有人接触后发病？ | Is any person ill after contact?",
        ),
        first_actions=say(
            "封锁场点，禁止调运 | Close the farm; no movement",
            "采样送检，不解剖不食用 | Sample; do not open or eat carcasses",
            "人员防护，消毒和无害化处理 | Protect people; disinfect; dispose safely",
        ),
        needs_skills=("epidemic", "heavy"),
    ),
    Kind(
        code="co_poisoning",
        zh="一氧化碳中毒",
        en="Carbon monoxide poisoning",
        klass="health",
        icon="skull",
        fields=(
            Field(
                "source",
                "来源",
                "Source",
                "choice",
                choices=(
                    ("stove", "煤炉", "coal stove"),
                    ("heater", "燃气热水器", "gas heater"),
                    ("car", "车辆", "vehicle"),
                    ("other", "其他", "other"),
                ),
            ),
            SICK,
        ),
        questions=say(
            "几个人，还有意识吗？ | How many, and are they conscious?",
            "门窗打开了吗，人搬到外面了吗？ | Are doors and windows open, and the people outside?",
            "同院、隔壁还有人吗？ | Is anyone else in the yard or next door?",
        ),
        first_actions=say(
            "开窗通风，把人移到新鲜空气处 | Open up; move people to fresh air",
            "120 急救，联系高压氧舱 | Ambulance; find a pressure chamber",
            "查同院住户和火源 | Check the neighbours and the stove",
        ),
        needs_skills=("medical", "confined"),
    ),
)
