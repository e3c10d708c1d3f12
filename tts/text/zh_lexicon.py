"""What the dictionaries of readings get wrong or leave out: polyphones, neutral tones, words that end in a full 儿."""

import re
from pathlib import Path
from typing import Final

#: 儿 is a syllable of its own after these.
FULL_ER: Final = frozenset("女婴少幼孤胎健男宠混弄弃产患")


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
    "苹果园 精神头 困难户 护士长 戏弄 估计 斟酌 揣摩 消遣 敷衍 搪塞 推辞 怂恿 迁就 挑剔 蚂蚁 似乎 西瓜 冬瓜 "
    "丝瓜 活泼 邻居 年月 道士 太阳 客人".split()
)


def _words() -> dict[str, tuple[str, ...]]:
    rows = Path(__file__).with_name("zh_words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {word: tuple(reading.split(" ")) for word, reading in (row.split("\t") for row in rows)}


#: Words whose reading dictionaries miss or the sentence hides. They apply where jieba sees a word begin and end.
WORDS: Final = _words()
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
    (r" (教) (?:人|我|你|他|她|孩子|学生|书|大家|我们|他们|英语|数学|语文)", "jiao1"),
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
    (
        r" (?:不然|否则|只|至少|恐怕|大概|肯定|一定|现在|今天|明天|先|再|起码) (得) (?!很|多|太|到|了)",
        "dei3",
    ),
    (r"(?:很|太| 更| 最| 非常| 比较| 特别| 这么| 那么| 多么) ?(长) ", "chang2"),
    (r" (还) ?(?:完|上|掉|不起|得起)", "huan2"),
    (r" (种) ?(?:在|下|上|满)", "zhong4"),
    (r" (调) ?(?:低|高|大|小|好|成|为|慢|快|亮|暗)", "tiao2"),
    (r" (藏) ?(?:在|着|好|起|进|到|于|身)", "cang2"),
    (r" (差) ?(?:了|得|一点|一些|点|不多)", "cha4"),
    (r" (中) ?(?:了|弹|枪|计|彩|签|招|箭|暑|风|邪) ?", "zhong4"),
    (r"(?: 在| 不停 地| 飞快 地|团团) ?(转) ", "zhuan4"),
    (
        r" (倒) ?(?:了|满|上|出|掉|点|些)? ?(?:[一二两三四几半] ?(?:杯|碗|壶|瓶|盆|桶|勺|点)|水|茶|酒|咖啡|牛奶|垃圾"
        r"|油)",
        "dao4",
    ),
    (r" (咽) ?(?:不|下|了|口|得|进)", "yan4"),
    (
        r" (为) (?:人民|大家|他们|我们|你们|她们|我|你|他|她|它|自己|孩子|祖国|国家|此|什么|何|客户|用户|顾客|学生|群众"
        r"|社会|您)",
        "wei4",
    ),
    (r" (曾)(?= ?(?:家|氏|姓|府|某))", "zeng1"),
    (r"(盛) ?(?:好|完|起|出|了|一碗|一勺|满)", "cheng2"),
    (r"[一二两三四五六七八九十百千万几数每] ?(石) ?(?:米|粮|谷|稻|麦|粟)", "dan4"),
    (r"(?:请|休|放|批|销|度|告) ?(?:了|过|完|个|[一两三几] ?天|一周|长|短|病|事)+ ?(假) ", "jia4"),
    (r" (系) ?(?:上|好|紧|鞋带|领带|围巾|扣子|安全带|腰带|丝带|红领巾)", "ji4"),
    (r" (吐) ?了 $", "tu4"),
    (r"上 ?(?:了|过|大|他 的|你 的)+ ?(当) ", "dang4"),
    (r" (磨) ?(?:豆腐|豆浆|面|面粉|豆子|米|咖啡)", "mo4"),
    (r" (啦) $", "la5"),
    (r"^ (嗯) $", "en1"),
    (r"^ (哦) $", "o2"),
    (r" (量) ?(?:体温|身高|血压|体重|尺寸|了|一下)", "liang2"),
    (r" (呗) $", "bei5"),
    (r" (朴) ?[在智志成英恩宰敏信孝海贞灿有载秀振东仁明相昌容永炳春宪勇升俊真允善熙美世泰基哲槿正赞廷素惠贤]", "piao2"),
    (r" (弄) (?:不|得|大|小|干|清|懂|坏|脏|好|成|错|到|出|来|死|丢|乱|破|点|些|个|了|一)", "nong4"),
    (r"(葛) ?属 ", "ge2"),
    (r" (盛) (?:饭|米饭|汤|水|酒|菜|粥|有)", "cheng2"),
    (r"大 ?(喝) ?一声", "he4"),
    (r" (撒) ?(?:在|上|些|满|入|进|到)", "sa3"),
    (r" (挨) (?:了|打|饿|骂|揍)", "ai2"),
    (r" (粘) ?(?:在|住|上|着|了|贴)", "zhan1"),
    (r" (晕) ?(?:了|倒|过去)", "yun1"),
    (r"(?:油|续|煎|复) ?(炸)", "zha2"),
    (r" (炸) ?(?:至|制|熟|好)", "zha2"),
    (r" (钉) ?(?:在|上|死|住|入|进|牢)", "ding4"),
    (r"(涌) ?(?:两岸|河|口|村|社区|站)", "chong1"),
    (r"(圩) ?(?:镇|市|日|场)", "xu1"),
    (r"[思台丹答坦烈藏赤必](汗) ", "han2"),
    (r" (会) ", "hui4"),
    (r" (倒) (?:不|也|没|有|很|还|挺|想)", "dao4"),
    (r" (背)着 ?[^ ]* ?[^ ]*(?:包|筐|篓|行李|孩子|娃娃|枪)", "bei1"),
)  # fmt: skip
