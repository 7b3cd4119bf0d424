"""How the Chinese names of kinds are spelled, so that they are found without an input method.

The characters in use are carried here, because a full dictionary takes most of a second to load; a new
kind with another character falls back on the dictionary. A test compares the two.
"""

from __future__ import annotations

import re
from functools import cache

SYLLABLES = """
an安案 ba坝 ban板 bao暴爆雹 bei备 beng崩 bing冰病 bo波 bu不怖 cai踩 cao草 ceng层 chai拆
chang场 chao潮 che车 chen尘沉 chong虫 chu处础 chuan传 da大 dao道 di地堤 dian电 ding顶 dong冻动
du毒 duan断端 dui兑 dun盾 fa发法 fan翻 fang放访防 fei非 fen粉纷 feng缝风 fu辐 gan干 gao高 ge个
gong供公工 gou购 gu故 guan管 guo锅 hai害海 han寒旱 hang航 he和 hong洪 hua化滑花 huai坏 huan环
huo火 ji击基挤机极济激疾积集 jian件建间 jiang降 jiao交 jie结 jin金 jing井境经 jiu救纠 ju聚
kong恐空 ku库 kua垮 kuang矿 lao涝 lei雷 li力 lian联 liang辆 lie裂 lin林 liu流 lou漏 lu炉路
luo络落 mai霾 mao矛贸 mei煤 mi密 mian面 min民 ming明 nei内 ni泥溺 nong农 pao炮 peng碰 pin品
po坡破 qi其器气起 qian欠迁 qiang抢 qing情 quan全 qun群 ran染燃 rang壤 re热 ren人 rong容 sen森
sha沙 shan山 shang上商 she射涉设 sheng生 shi事失市施石食 shu属输 shuang霜 shui水 si斯 sou搜
suo所 ta他塌踏 tai态 tan坍碳 te特 ti体梯 tie铁 ting停 tong通 tu土突 wa瓦 wai外 wang网 wei危尾
wen温 wu污物雾 xi息袭 xian限险陷 xiang象 xiao校 xie械泄 xin信薪 xing刑性 xue学雪 ya压 yan烟
yang氧洋 yao药 ye业 yi一疫 yin因 yong用 you有 yu与淤舆雨 yuan原员园 yun运 zai灾 zha炸 zhen震
zheng征 zhi窒职质 zhong中种重 zhu竹筑 zhuang撞 zhui坠 zi资 zu阻 zuo作
"""


@cache
def _table() -> dict[str, str]:
    rows = re.findall(r"([a-z]+)([^a-z\s]+)", SYLLABLES)
    return {sign: said for said, signs in rows for sign in signs}


@cache
def syllables(name: str) -> tuple[str, ...]:
    """The syllables of a name without tones; marks that are not spoken are left out."""
    signs = [sign for sign in name if "\u4e00" <= sign <= "\u9fff"]
    if all(sign in _table() for sign in signs):
        return tuple(_table()[sign] for sign in signs)
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(name, errors="ignore"))
