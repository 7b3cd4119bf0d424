"""Social-security events (社会安全事件): they have no statutory level (突发事件应对法 art.3)."""

from __future__ import annotations

from command.incidents.kinds.base import Field, Kind, say, under

PEOPLE = Field("crowd", "参与人数", "People involved", "int", "人")
DEMAND = Field("demand", "主要诉求", "Demand", "text")
WEAPONS = Field("weapons", "持械或危险品", "Weapons or dangerous goods", "bool")
ONLINE = Field("online", "网上传播", "Spreading online", "bool")

MASS_INCIDENT = Kind(
    code="mass_incident",
    zh="群体性事件",
    en="Mass incident",
    klass="social",
    icon="crowd",
    graded=False,
    fields=(
        PEOPLE,
        DEMAND,
        WEAPONS,
        ONLINE,
        Field("road_blocked", "堵路堵门", "Road or gate blocked", "bool"),
    ),
    questions=say(
        "多少人，在什么地方，还在增加吗？ | How many, where, and are more coming?",
        "为什么事，领头的能对上话吗？ | What about, and can one talk with those in front?",
        "有没有人受伤、持械、带汽油？ | Is anyone hurt, armed or carrying petrol?",
        "堵路、堵门没有？ | Is a road or gate blocked?",
    ),
    first_actions=say(
        "主管领导和责任单位到场对话 | The responsible leader and department go and talk",
        "依法办理、舆论引导、社会面管控同步 | Lawful handling, information and order in step",
        "公安维持秩序，慎用警力 | Police keep order, with restraint",
        "救护、消防在附近待命 | Ambulance and fire stand by near",
    ),
    needs_skills=("mediation", "psych", "medical", "evac"),
)
MASS = (
    MASS_INCIDENT,
    under(MASS_INCIDENT, "group_petition", "集体上访", "Group petition"),
    under(MASS_INCIDENT, "wage_dispute", "欠薪聚集", "Unpaid-wages gathering"),
    under(MASS_INCIDENT, "land_dispute", "征地拆迁纠纷", "Land or demolition dispute"),
    under(MASS_INCIDENT, "mining_dispute", "涉矿纠纷", "Mining dispute"),
)

ECONOMIC = Kind(
    code="economic",
    zh="经济安全事件",
    en="Economic security event",
    klass="social",
    icon="coin",
    graded=False,
    fields=(PEOPLE, Field("amount_wan", "涉及金额", "Amount", "number", "万元"), ONLINE),
    questions=say(
        "涉及多少人、多少钱？ | How many people, how much money?",
        "现在有没有聚集、排队？ | Is there a crowd or a queue now?",
        "网上怎么传的？ | What is being said online?",
    ),
    first_actions=say(
        "主管部门核实并发布准确信息 | The department verifies and tells the public",
        "维持现场秩序，防踩踏 | Keep order; prevent a crush",
        "保障供应或兑付，固定证据 | Keep supply or payment going; secure evidence",
    ),
    needs_skills=("mediation", "evac"),
)
ECONOMY = (
    ECONOMIC,
    under(ECONOMIC, "illegal_fundraising", "非法集资", "Illegal fundraising"),
    under(ECONOMIC, "run", "挤兑", "Bank run"),
    under(ECONOMIC, "supply_price", "抢购/市场波动", "Panic buying or price surge"),
)

OTHERS = (
    Kind(
        code="dispute_escalation",
        zh="矛盾纠纷激化",
        en="Escalating dispute",
        klass="social",
        icon="people",
        graded=False,
        fields=(PEOPLE, DEMAND, WEAPONS),
        questions=say(
            "双方是谁，为什么事？ | Who are the two sides, and what is it about?",
            "动手了没有，有没有刀具、农药、汽油？ | Has it come to blows? Knives, pesticide or petrol?",
            "谁能说得上话？ | Whom will they listen to?",
        ),
        first_actions=say(
            "公安先隔开双方 | Police part the two sides",
            "调解员和熟悉的村干部到场 | A mediator and a trusted village cadre go",
            "控制危险物品，留人看护 | Take away what is dangerous; someone stays",
        ),
        needs_skills=("mediation", "psych", "medical"),
    ),
    Kind(
        code="criminal",
        zh="重大刑事案件",
        en="Serious crime",
        klass="social",
        icon="police",
        graded=False,
        fields=(Field("suspect_at_large", "嫌疑人在逃", "Suspect at large", "bool"), WEAPONS),
        questions=say(
            "人还在现场吗，往哪跑了？ | Is the suspect still there, or which way gone?",
            "有没有人受伤，有没有人质？ | Is anyone hurt or held?",
            "报警人自己安全吗？ | Is the caller safe?",
        ),
        first_actions=say(
            "立即转 110，由公安指挥 | Pass to the police at once; they command",
            "救治伤员，保护现场 | Treat the injured; protect the scene",
            "提醒周边群众避险 | Warn people near by",
        ),
        needs_skills=("medical", "psych"),
    ),
    Kind(
        code="terrorism",
        zh="恐怖袭击事件",
        en="Terrorist attack",
        klass="social",
        icon="police",
        graded=False,
        fields=(WEAPONS, Field("device", "可疑爆炸物", "Suspicious device", "bool")),
        questions=say(
            "报警人能安全说话吗？ | Can the caller talk safely?",
            "几个人，什么武器，往哪里去？ | How many, which weapons, going where?",
            "有多少人受伤、被困？ | How many are hurt or held?",
        ),
        first_actions=say(
            "立即转公安，服从统一指挥 | Pass to the police at once; one command",
            "疏散避险，防二次袭击 | Clear people; beware of a second attack",
            "医疗在安全区集结 | Medical gathers in the safe area",
        ),
        needs_skills=("medical", "evac", "blasting", "psych"),
    ),
    Kind(
        code="cyber",
        zh="网络与信息安全事件",
        en="Cyber security event",
        klass="social",
        icon="net",
        graded=False,
        fields=(
            Field("system", "受影响系统", "System affected", "text"),
            Field("data_leaked", "数据泄露", "Data leaked", "bool"),
        ),
        questions=say(
            "什么系统，什么现象，从几点开始？ | Which system, what is seen, since when?",
            "影响业务和数据了吗？ | Are services or data affected?",
            "断网了吗，有没有留日志？ | Is it off the network? Are logs kept?",
        ),
        first_actions=say(
            "断开受影响系统，保留日志 | Disconnect it; keep the logs",
            "启用备用手段保业务 | Go on by other means",
            "报网信和公安网安 | Tell the cyberspace office and the police",
        ),
        needs_skills=("comms",),
    ),
    Kind(
        code="opinion",
        zh="重大舆情事件",
        en="Major public-opinion event",
        klass="social",
        icon="news",
        graded=False,
        fields=(
            Field("platform", "平台", "Platform", "text"),
            Field("views", "传播量", "Views", "int", "次"),
        ),
        questions=say(
            "说的是什么事，是真的吗？ | What is being said, and is it true?",
            "在哪个平台，传播多快？ | On which platform, how fast?",
        ),
        first_actions=say(
            "先核实事实，线下处置同步 | Establish the facts; act on the ground as well",
            "宣传部门统一口径及时回应 | The publicity department answers, soon and with one voice",
            "持续监测，不删堵代替处置 | Keep watching; silence is no answer",
        ),
        needs_skills=("mediation",),
    ),
    Kind(
        code="foreign_related",
        zh="涉外突发事件",
        en="Event involving foreigners",
        klass="social",
        icon="globe",
        graded=False,
        fields=(Field("nationality", "国籍", "Nationality", "text"), PEOPLE),
        questions=say(
            "涉及几名外籍人员，哪国人，安全吗？ | How many foreigners, from where, are they safe?",
            "需要翻译吗？ | Is an interpreter needed?",
        ),
        first_actions=say(
            "保护人身安全，先救治 | Keep them safe; treat first",
            "报外事部门和公安出入境 | Tell foreign affairs and exit-entry police",
            "安排翻译 | Arrange an interpreter",
        ),
        needs_skills=("medical", "psych"),
    ),
    Kind(
        code="campus",
        zh="校园安全事件",
        en="Campus safety event",
        klass="social",
        icon="school",
        graded=False,
        fields=(
            Field("school", "学校", "School", "text"),
            Field("pupils", "涉及学生", "Pupils involved", "int", "人"),
            WEAPONS,
        ),
        questions=say(
            "哪个学校，学生现在在哪里？ | Which school, and where are the pupils now?",
            "有没有学生受伤，侵害人控制住了吗？ | Is any pupil hurt? Is the attacker held?",
            "家长来了没有？ | Have parents come?",
        ),
        first_actions=say(
            "封闭校门，清点学生 | Close the gate; count the pupils",
            "公安、120 到场，专人接待家长 | Police and ambulance; someone for the parents",
            "心理干预，保护学生隐私 | Psychological aid; protect the pupils' privacy",
        ),
        needs_skills=("medical", "psych", "evac"),
    ),
    Kind(
        code="extreme_individual",
        zh="个人极端事件",
        en="Individual extreme act",
        klass="social",
        icon="person",
        graded=False,
        fields=(WEAPONS, Field("method", "方式", "Means", "text")),
        questions=say(
            "人在什么位置，情绪怎样，身边有谁？ | Where is the person, in what state, and who is near?",
            "手里有没有刀、汽油、农药、爆炸物？ | A knife, petrol, pesticide or explosives?",
            "家里人、熟人能联系上吗？ | Can family or friends be reached?",
        ),
        first_actions=say(
            "疏散围观，保持距离 | Clear onlookers; keep a distance",
            "谈判、心理人员到场，亲友劝说 | Negotiator and psychologist; family to talk",
            "消防、120 就近待命 | Fire and ambulance stand by near",
        ),
        needs_skills=("psych", "medical", "rope", "mediation"),
    ),
)

SOCIAL: tuple[Kind, ...] = (*MASS, *OTHERS[:3], *ECONOMY, *OTHERS[3:])
