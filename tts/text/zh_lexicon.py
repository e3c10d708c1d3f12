"""What the dictionaries of readings get wrong or leave out: polyphones, neutral tones, words that end in a full 儿."""

import re
from typing import Final

#: 儿 is a syllable of its own after these.
FULL_ER: Final = frozenset("女婴少幼孤胎健男宠混弄弃产患")

#: Words whose reading the dictionaries of pypinyin miss. They apply where jieba sees a word begin and end.
_WORDS: Final = """
重庆 chong2 qing4
银行 yin2 hang2
行走 xing2 zou3
行长 hang2 zhang3
银行行长 yin2 hang2 hang2 zhang3
同行 tong2 hang2
长大 zhang3 da4
长高 zhang3 gao1
长得 zhang3 de5
校长 xiao4 zhang3
了解 liao3 jie3
了不起 liao3 bu4 qi3
为了 wei4 le5
因为 yin1 wei4
觉得 jue2 de5
睡觉 shui4 jiao4
睡着 shui4 zhao2
着急 zhao2 ji2
着火 zhao2 huo3
着手 zhuo2 shou3
还是 hai2 shi4
还有 hai2 you3
还钱 huan2 qian2
还给 huan2 gei3
还债 huan2 zhai4
都市 du1 shi4
首都 shou3 du1
音乐 yin1 yue4
快乐 kuai4 le4
朝阳 zhao1 yang2
朝阳区 chao2 yang2 qu1
朝鲜 chao2 xian3
便宜 pian2 yi5
方便 fang1 bian4
假期 jia4 qi1
放假 fang4 jia4
调查 diao4 cha2
调整 tiao2 zheng3
角色 jue2 se4
主角 zhu3 jue2
角度 jiao3 du4
教书 jiao1 shu1
数学 shu4 xue2
数一数 shu3 yi1 shu3
中奖 zhong4 jiang3
中毒 zhong4 du2
看中 kan4 zhong4
种地 zhong4 di4
种树 zhong4 shu4
种花 zhong4 hua1
种子 zhong3 zi5
爱好 ai4 hao4
好奇 hao4 qi2
好客 hao4 ke4
难民 nan4 min2
空闲 kong4 xian2
有空 you3 kong4
没空 mei2 kong4
背包 bei1 bao1
处理 chu3 li3
处于 chu3 yu2
相处 xiang1 chu3
当作 dang4 zuo4
上当 shang4 dang4
倒车 dao4 che1
倒霉 dao3 mei2
弹琴 tan2 qin2
子弹 zi3 dan4
传记 zhuan4 ji4
自传 zi4 zhuan4
降落 jiang4 luo4
投降 tou2 xiang2
喝彩 he4 cai3
会计 kuai4 ji4
剥皮 bao1 pi2
薄荷 bo4 he5
削皮 xiao1 pi2
血液 xue4 ye4
流血 liu2 xue4
露馅 lou4 xian4
参差 cen1 ci1
差别 cha1 bie2
出差 chu1 chai1
曾祖 zeng1 zu3
称职 chen4 zhi2
西藏 xi1 zang4
宝藏 bao3 zang4
的确 di2 que4
目的 mu4 di4
的士 di1 shi4
供应 gong1 ying4
提供 ti2 gong1
应该 ying1 gai1
答应 da1 ying5
几乎 ji1 hu1
茶几 cha2 ji1
将军 jiang1 jun1
结实 jie1 shi5
尽管 jin3 guan3
尽量 jin3 liang4
禁不住 jin1 bu5 zhu4
劲头 jin4 tou2
强迫 qiang3 po4
勉强 mian3 qiang3
圈养 juan4 yang3
散步 san4 bu4
散文 san3 wen2
扫帚 sao4 zhou5
少年 shao4 nian2
省略 sheng3 lve4
反省 fan3 xing3
似的 shi4 de5
似乎 si4 hu1
压根 ya4 gen1
要求 yao1 qiu2
晕车 yun4 che1
头晕 tou2 yun1
涨价 zhang3 jia4
正月 zheng1 yue4
钻石 zuan4 shi2
钻研 zuan1 yan2
模样 mu2 yang4
模型 mo2 xing2
磨坊 mo4 fang2
漂白 piao3 bai2
漂流 piao1 liu2
宁可 ning4 ke3
丢三落四 diu1 san1 la4 si4
暖和 nuan3 huo5
掺和 chan1 huo5
和面 huo2 mian4
说服 shuo1 fu2
盛饭 cheng2 fan4
盛开 sheng4 kai1
石头 shi2 tou5
大夫 dai4 fu5
大夫人 da4 fu1 ren2
厦门 xia4 men2
大厦 da4 sha4
六安 lu4 an1
台州 tai1 zhou1
东莞 dong1 guan3
番禺 pan1 yu2
蚌埠 beng4 bu4
洪洞 hong2 tong2
单于 chan2 yu2
姓单 xing4 shan4
姓曾 xing4 zeng1
曾国藩 zeng1 guo2 fan1
仇英 qiu2 ying1
尉迟 yu4 chi2
万俟 mo4 qi2
可汗 ke4 han2
龟兹 qiu1 ci2
吐蕃 tu3 bo1
那么 na4 me5
什么 shen2 me5
怎么 zen3 me5
多么 duo1 me5
这么 zhe4 me5
不得了 bu4 de2 liao3
得了吧 de2 le5 ba5
只好 zhi3 hao3
重新 chong2 xin1
重复 chong2 fu4
重叠 chong2 die2
重逢 chong2 feng2
重量 zhong4 liang4
兴奋 xing1 fen4
高兴 gao1 xing4
分外 fen4 wai4
水分 shui3 fen4
成分 cheng2 fen4
缘分 yuan2 fen4
过分 guo4 fen4
一会儿 yi1 hui4 er5
冠军 guan4 jun1
给予 ji3 yu3
一行一行 yi1 hang2 yi1 hang2
一行行 yi1 hang2 hang2
的的确确 di2 di2 que4 que4
晒干 shai4 gan1
擦干 ca1 gan1
晾干 liang4 gan1
吹干 chui1 gan1
烘干 hong1 gan1
一宿 yi1 xiu3
两宿 liang3 xiu3
一担 yi1 dan4
两担 liang3 dan4
落下 luo4 xia4
落下来 luo4 xia4 lai2
落下去 luo4 xia4 qu4
倒是 dao4 shi4
露出马脚 lou4 chu1 ma3 jiao3
露马脚 lou4 ma3 jiao3
早上好 zao3 shang5 hao3
老头 lao3 tou2
老头儿 lao3 tou2 er5
老头子 lao3 tou2 zi5
今儿个 jin1 r5 ge5
孙子兵法 sun1 zi3 bing1 fa3
妻子 qi1 zi5
娘子 niang2 zi5
妃子 fei1 zi5
供给 gong1 ji3
"""

#: Readings of single characters outside the dictionary's phrases: the most common one, which is not always its first.
CHARACTERS: Final = dict(
    entry.split("=")
    for entry in (
        "嗯=en1 杠=gang4 刹=cha4 伺=si4 铣=xi3 覃=tan2 靓=liang4 剌=la4 艮=gen4 掖=ye4 阆=lang4 町=ting3 "
        "晟=sheng4 炔=que1 塞=sai4 掺=chan1 蛤=ge2 帖=tie3 翟=zhai2 勒=le4 耶=ye1 缪=miu4 媛=yuan2 卜=bu3 "
        "镐=hao4 攒=zan3 什=shi2 仆=pu2 幢=zhuang4 肖=xiao1 俟=si4 杓=shao2 隗=wei3 舍=she4 葛=ge3 藉=jie4 "
        "粘=zhan1 隽=jun4 朴=piao2 琢=zhuo2 哩=li3 茄=qie2 咯=luo4 拽=zhuai4 泊=bo2 阙=que4 椎=zhui1 蠡=li3 "
        "迤=yi3 哟=yo5 薄=bo2 晃=huang4 脯=fu3 拧=ning3 柏=bai3 莘=xin1 颉=jie2 曾=ceng2 单=dan1 解=jie3 "
        "仇=chou2 区=qu1 员=yuan2 尉=wei4 盛=sheng4 佛=fo2 蔚=wei4 呵=he1 轧=ya4 挣=zheng4 长=chang2 劲=jin4 "
        "夹=jia1 拾=shi2 阏=yan1 鬲=li4"
    ).split()
)

#: In these, alone or as a part, 子 is more than an ending.
FULL_ZI: Final = re.compile(
    "电子|原子|分子|粒子|离子|质子|中子|光子|量子|因子|孢子|精子|配子|男子|女子|弟子|君子|公子|王子|太子|皇子|天子|次子|养子|"
    "母子|父子|孝子|才子|学子|游子|赤子|浪子|臣子|童子|仙子|诸子|孔子|孟子|荀子|墨子|瓜子|莲子|松子|棋子"
)

#: Words whose last syllable loses its tone.
_NEUTRAL: Final = """
爸爸 妈妈 哥哥 姐姐 弟弟 妹妹 爷爷 奶奶 姥姥 舅舅 叔叔 姑姑 伯伯 婶婶 太太 宝宝 娃娃 星星 猩猩 蝈蝈 蛐蛐 饽饽
朋友 东西 地方 喜欢 知道 先生 学生 意思 时候 小时候 事情 漂亮 明白 告诉 休息 月亮 认识 窗户 干净 队伍 蘑菇 木匠
客气 大方
衣服 豆腐 葡萄 萝卜 苹果园 石榴 玻璃 骆驼 蛤蟆 蚂蚱 苍蝇 狐狸 刺猬 蝲蛄 麻烦 马虎 热闹 凉快 舒服 结实 老实 聪明
糊涂 厉害
精神头 便宜 合适 困难户 清楚 耽误 打听 打扮 打算 打量 招呼 收拾 商量 琢磨 折腾 张罗 照顾 凑合 对付 应付 称呼 动弹
佩服 吩咐
嘱咐 答应 相声 笑话 故事 消息 关系 力气 脾气 福气 运气 名气 阔气 秀气 神气 客人 亲戚 媳妇 丈夫 寡妇 姑娘 闺女 丫头
师傅 大夫
护士长 裁缝 铁匠 石匠 皇上 少爷 老爷 太阳 云彩 早上 晚上 上头 下头 前头 后头 里头 外头 木头 石头 骨头 舌头 馒头
枕头 拳头
指头 念头 罐头 砖头 锄头 码头 苗头 甜头 苦头 势头 尾巴 嘴巴 下巴 哑巴 胳膊 脑袋 眼睛 鼻子 头发 耳朵 眉毛 指甲 屁股 肚子
膏药 巴掌 疙瘩 包袱 灯笼 扫帚 簸箕 钥匙 抽屉 火候 柴火 炉子 被子 帐篷 篱笆 窟窿 胭脂 戏弄 机灵 伶俐 灵便 利索 麻利
啰嗦 唠叨
模糊 含糊 迷糊 暖和 软和 硬朗 白净 宽敞 体面 本事 见识 知识 学问 规矩 情形 部分 生意 买卖 利害 行李 点心 烧饼 粮食
庄稼 高粱
芝麻 棉花 牡丹 黄瓜 冬瓜 丝瓜 西瓜 甘蔗 核桃 栗子 樱桃 柿子 牲口 畜生 跳蚤 蜈蚣 蚂蚁 官司 衙门 状元 秀才 和尚 喇嘛
道士 菩萨
妖精 畜牲 奴才 冤枉 委屈 吓唬 欺负 糟蹋 作践 折磨 咳嗽 哆嗦 打发 打点 养活 伺候 拉扯 扎实 扑腾 逛荡 晃荡 晃悠 溜达
念叨 数落
叫唤 嚷嚷 哈欠 喷嚏 呵欠 比方 架势 阵势 岁数 日子 月子 年月 工夫 活泼 活计 家伙 伙计 掌柜 东家 亲家 妯娌 街坊 邻居
主意 消遣
嫁妆 首饰 戒指 镯子 在乎 凑乎 热乎 玄乎 邪乎 近乎 似乎 忘性 记性 记号 招牌 幌子 窝囊 别扭 拨弄 搬弄 摆弄 折磨 挑剔
膈应 忌讳
将就 迁就 敷衍 搪塞 推辞 打搅 叨扰 拾掇 掂掇 掇弄 撺掇 怂恿 数念 盘算 合计 估计 斟酌 捉摸 揣摩 疟疾 痢疾 名字 面子
里子 底子 谢谢 看看 试试 听听 说说 玩玩 坐坐 问问 聊聊 谈谈 尝尝 瞧瞧 猜猜 算算 歇歇 逛逛
"""
#: In the list above by habit of some speakers only; dictionaries keep their tone.
_FULL: Final = frozenset(
    "苹果园 精神头 困难户 护士长 戏弄 估计 斟酌 揣摩 消遣 敷衍 搪塞 推辞 怂恿 迁就 挑剔 蚂蚁 似乎 西瓜 冬瓜 丝瓜 "
    "活泼 邻居 年月 "
    "道士 太阳 客人".split()
)


def _table(rows: str) -> dict[str, tuple[str, ...]]:
    return {word: tuple(reading) for word, *reading in (row.split() for row in rows.strip().splitlines())}


WORDS: Final = _table(_WORDS)
NEUTRAL: Final = frozenset(_NEUTRAL.split()) - _FULL


_TITLED: Final = "(?:先生|女士|小姐|老师|经理|总 |教授|医生|博士|校长|主任|局长|师傅|太太)"


def _contexts(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), reading) for pattern, reading in rows)


#: Readings that the words around decide: a pattern over the phrase with jieba's words parted by spaces
#: (" 他 说 得 很 好 "), and the reading of the character in its group. Later rows win.
CONTEXTS: Final = _contexts(
    # 得: the particle after a verb or adjective; "must" after a person or an adverb and before what must be done.
    (r" [^ ]*(得) ", "de5"),
    (
        r"(?: 我| 你| 您| 他| 她| 它|们| 咱| 就| 还| 总| 也| 都| 又| 可| 必| 非| 人"
        r"| 自己) (得) (?!很|多|太|更|不|到|了|的|像|这|那)",
        "dei3",
    ),
    (r" (得) (?:了|到|过|奖|分|病)", "de2"),
    (r" (得)(?:了|到|过|奖|分|病|知|出|以|意|失|罪)", "de2"),
    (r"(?:获|取|赢|懂|值|记|觉|显|免|懒|舍|舍不|使|晓|变|由|认)(得) ", "de5"),
    (r"(?:获|取|赢|夺|求|难|所|不|心|应|自)(得) ", "de2"),
    (r" [跑走说做写唱跳飞长吃睡玩看听学打笑哭干变来](得)[^ ]", "de5"),
    # Family names
    (rf" (曾)(?= ?{_TITLED})", "zeng1"),
    (rf" (单)(?= ?{_TITLED})", "shan4"),
    (rf" (解)(?= ?{_TITLED})", "xie4"),
    (rf" (仇)(?= ?{_TITLED})", "qiu2"),
    (rf" (区)(?= ?{_TITLED})", "ou1"),
    (rf" (任)(?= ?{_TITLED})", "ren2"),
    (rf" (华)(?= ?{_TITLED})", "hua4"),
    (rf" (盖)(?= ?{_TITLED})", "ge3"),
    (rf" (查)(?= ?{_TITLED})", "zha1"),
    # 地: the particle between manner and verb; else the ground.
    (
        r"(?<! 块| 片| 亩| 这| 那| 一| 在| 种| 满| 扫| 拖| 下)(?<=[^ ]) (地) (?!上"
        r"|里|下|的|是|有|也|都|就|很|方|被|和)[^ ]",
        "de5",
    ),
    (r"(?<=[^ ]) (地)(?:说|走|跑|笑|看|想|听|问|哭|喊|叫|唱|吃|坐|站|点点头|摇摇头)[^ ]* ", "de5"),
    # 着 and 了 alone are particles; 了 after 不 or 得 and a verb means "can".
    (r" (着) ", "zhe5"),
    (r" (了) ", "le5"),
    (r"(?:大|少|免|忘|受|吃|走|做|去|来|用|忙|跑|改|治|跟|干|办|管|帮|好|对付|解决|坚持) ?不 ?(了) ", "liao3"),
    (r"(?:受|吃|走|做|去|来|用|忙|跑|干|办|管|帮) ?得 ?(了) ?(?:吗|呢|么|我|他|她|你|这|那|,)? ?$", "liao3"),
    # 只 counts animals and single things, again in 一只只.
    (r"[一二两三四五六七八九十几每这那百千](?:只)? ?(只)", "zhi1"),
    (r"第 ?[一二三四五六七八九十百]+ ?(行)", "hang2"),
    (r"[一二两三四五六七八九十几每] (行) (?:字|诗|代码|文字|泪)", "hang2"),
    (r" (还) (?:我|你|他|她|它|了|清|给|书|钱)", "huan2"),
    (r" (都) ", "dou1"),
    (r" (为) (?:一|中心|主|例|荣|首|期|人|止|业|准|限|代表|目标|基础|两|三|四|五|六|七|八|九|十|零)", "wei2"),
    (r"(?:成|作|称|变|认|以|视|分|名|改|定|评|译|列|沦|誉|任|命名|升级|划分|转化|视) ?(为) ", "wei2"),
    (r" (剥) (?:豆子|花生|橘子|皮|蒜|虾|鸡蛋)", "bao1"),
    (r" (种) (?:了|着|树|花|菜|田|地|的)", "zhong4"),
    (r"[一二两三四五六七八九十几这那每各多某何] ?(种) ", "zhong3"),
    (r" (长) (?:着|了|得|出|成|高|大|满|胖|在)", "zhang3"),
    (r" (教) (?:我|你|他|她|孩子|学生|书|大家|我们|他们|英语|数学|语文)", "jiao1"),
    (r" (数) (?:了|着|一|到|星星|钱)", "shu3"),
    (r" (倒) (?:了|在)(?!杯|水|茶|酒)", "dao3"),
    (r" (背) (?:着|了|起)", "bei1"),
    (r" (看) (?:家|门|孩子) ", "kan1"),
    (r" (盛) (?:了|着|满)", "cheng2"),
    (r" (重) (?:来|做|写|建|启|演|申|返|生|读|修)", "chong2"),
    (r" (弹) (?:了|着|起|得|钢琴|吉他|琴)", "tan2"),
    (r" (散) (?:了|开|会)", "san4"),
    (r" (转) (?:了|着|圈)", "zhuan4"),
    (r" (好) (?:学|色|客|战)", "hao4"),
    (r" (啦) ", "la5"),
    (r" (会) ", "hui4"),
    (r" (倒) (?:不|也|没|有|很|还|挺|想)", "dao4"),
    (r" (背)着 ?[^ ]* ?[^ ]*(?:包|筐|篓|行李|孩子|娃娃|枪)", "bei1"),
)  # fmt: skip
