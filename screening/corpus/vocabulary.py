"""What clean prompts are made of."""

from typing import Final


def _list(line: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in line.split("/"))


WHO: Final = _list(
    "a fox / an old sailor / two cats / a man in a red coat / my grandmother / the girl next door / an ultra light plane"
    " / a robot vacuum / a snow leopard / a paper boat / a silver spoon / a golden retriever / the iron bridge / a little dog"
    " / a rabbit / a captain of industry / an otter / a lantern seller / a tiger cub / a badger / a dragon fruit / a man"
)
DOES: Final = _list(
    "sleeping / running fast / playing chess / waiting for the bus / eating noodles / looking at the stars / painting a fence"
    " / reading a manual / made of glass / baking bread / made of man made fibres / repairing a clock / singing a long song"
)
WHERE: Final = _list(
    "in the snow / on the moon / in a forest / at the station / under the sea / in Hong Kong / near a castle / on a white table"
    " / in the valley / at dawn / in the rain / between two hills / in a paper shop / on an ocean liner / in Peking duck sauce"
)
STYLE: Final = _list(
    "watercolour / oil painting / Van Gogh / pixel art / ukiyo-e / 35mm film / studio lighting / flat vector / art nouveau"
    " / charcoal / claymation / low poly / ultra realistic / soft pastel / comic book / cinematic"
)
TAGS: Final = _list(
    "1girl / 2boys / solo / long hair / blue eyes / masterpiece / best quality / 8k / uhd / hdr / bokeh / depth of field / smile"
    " / school uniform / cherry blossoms / from above / ultra-detailed / volumetric light / sharp focus / trending / full body"
    " / white background / wings / mecha / cyberpunk / neon / night / rain / portrait / dynamic pose / cowboy shot / absurdres"
)
TECHNICAL: Final = (
    "Canon EOS R5, {0}mm f/1.8, ISO {1}, 1/250s",
    "background #{2}, logo {0}x{1} px",
    "see https://example.org/img/{2}?w={1} and ada@example.org",
    "C{0} H{1} molecule, 3D model, 4K",
    "[cat:dog:0.{0}] AND (lake:1.{0}) BREAK <lora:style_{2}:0.8>",
    "{0}% cotton, $ {1}, ref. {2}",
    "MP3 player from 200{0}, B2B, A4 paper, R{0}D{1}",
    "a map at 1:{1}, M{0} highway, K9 unit, {0}th floor",
)
FOREIGN: Final = _list(
    "un renard dans la neige / le petit chat de la maison / ein Hund auf der Wiese / der alte Mann und das Meer / una casa roja en la colina"
    " / un perro que come pan / 雪の中の猫 / 夜の街を歩く少女 / белая кошка на окне / старый дом у моря / 눈 속의 고양이 / um barco no rio"
    " / en gammal båt / pies w ogrodzie / قطة بيضاء / แมวสีขาว / ngôi nhà nhỏ bên sông / stara kuća na moru"
)
ZH_WHO: Final = _list(
    "一只狐狸 / 两只猫 / 穿红衣服的女孩 / 老船长 / 小男孩 / 一位医生 / 白色的兔子 / 机器人 / 一条龙 / 熊猫 / 骑士 / 小学生 / 一群海鸥 / 老奶奶"
    " / 宇航员 / 一匹马 / 牛 / 猴子 / 公主 / 神仙 / 女侠 / 云 / 海绵 / 特工 / 铃铛"
)
ZH_DOES: Final = _list(
    "在睡觉 / 跑步 / 下棋 / 等公交车 / 吃面条 / 看星星 / 刷墙 / 读说明书 / 做面包 / 修钟表 / 唱一首很长的歌 / 跳舞 / 画画 / 放风筝 / 钓鱼"
)
ZH_WHERE: Final = _list(
    "雪地里 / 月亮上 / 森林 / 车站 / 海底 / 香港街头 / 城堡旁边 / 山谷 / 清晨的河边 / 雨中 / 图书馆 / 奥特莱斯 / 曼哈顿"
)
ZH_STYLE: Final = _list(
    "水彩 / 油画 / 像素风 / 浮世绘 / 胶片感 / 扁平插画 / 国潮 / 赛博朋克 / 超写实 / 高清8K / 3D渲染 / 简笔画 / 工笔"
)
SURNAMES: Final = tuple(
    [
        "wang",
        "li",
        "zhang",
        "liu",
        "chen",
        "yang",
        "huang",
        "zhao",
        "wu",
        "zhou",
        "xu",
        "sun",
        "ma",
        "zhu",
        "hu",
        "lin",
        "he",
        "gao",
        "luo",
    ]
)
GIVEN: Final = tuple(
    [
        "wei",
        "fang",
        "na",
        "min",
        "jing",
        "li",
        "qiang",
        "lei",
        "jun",
        "yang",
        "yong",
        "yan",
        "jie",
        "juan",
        "tao",
        "ming",
        "chao",
        "xiu",
        "ping",
        "gang",
        "hui",
        "hong",
        "bo",
        "yu",
    ]
)
LIKE_PINYIN: Final = _list(
    "change / women / lining / mining / panda / manga / like / make / cake / date / line / name / same / game / time / tale"
    " / shine / dating / landing / mango / gene / bike / mile / long / song / man / can / hang / sun / pan / die / pie / tie"
    " / fan / pen / hen / ran / sang / gun / chi / ping / she / he / me / you / tan / bang / den / lie / wan / shun / rang"
)
BOTH_WAYS: Final = _list(
    "drawer / reward / stressed / desserts / live / evil / star / rats / level / deliver / animal / diaper / denim / lived"
    " / devil / spoons / snoops / smart / straw / warts / parts / strap / sports / pools / loops / knits / mood / doom / god"
)
_SOUNDS: Final = (
    "a:阿啊 an:安案按暗 ba:把巴爸吧八 bai:白百败 ban:半办般班板伴 bao:报保包抱宝 bei:被北备背贝悲 bi:比必笔毕 bian:便边变遍编 biao:表标 "
    "bing:并病兵冰 bo:波伯博 bu:不部布步 cai:才采彩财菜 can:参餐 cha:查察差 chang:常场唱 chao:朝超 chen:沉陈 cheng:成称城程承 "
    "chi:吃持 chong:充冲 chu:出处除初藸 chuan:传穿船 chuang:创床窗 ci:次此词 cun:存村 da:大打达答 dai:代带待戴袋 dan:但单担弹 "
    "dang:当党 dao:到道倒导岛 de:的得德 deng:等登灯 di:地第底帝弟低 dian:点电店典 diao:调掉 ding:定顶 dong:动东懂 dou:都斗 "
    "du:度读独 duan:断段短端 dui:对队 er:而儿尔耳 fa:发法 fan:反饭范犯翻凡 fang:方放房 fei:非飞费 fen:分份 feng:风封 "
    "fu:夫父福妇复富佛府负付副 gai:该改盖 gan:感干赶敢 gao:高告 ge:个格各歌哥革 gen:根跟 gong:公工共功宫供 gou:够狗 gu:古故顾姑骨孤 "
    "guan:关管观官馆 guang:光广 gui:贵规归 guo:国过果 hai:还孩海害 han:汉喊含 hao:好号毫 he:和何合河喝 hou:后候 hu:乎呼护胡忽 "
    "hua:话花化画华划 huai:怀坏 huan:欢环换 huang:黄皇 hui:会回挥 huo:活或火获伙 ji:己几机记即及极计纪基际激集急击级继吉既技迹济 jia:家加价假架 "
    "jian:间见建简渐坚健 jiang:将讲奖降江 jiao:教叫交脚角较 jie:界结接解节姐街杰介 jin:进金今近尽紧仅禁 jing:经精惊静竟京睛境警景 "
    "jiu:就久酒究救旧九 ju:举句居具据剧局巨 jue:觉决绝 kao:考靠 ke:可克科客刻课 kong:空恐 ku:苦哭 kuai:快块 lai:来莱 lao:老劳 le:了乐 "
    "lei:类泪雷勒 li:里力理利立离丽历礼李例 lian:连脸联练恋 liang:两量亮良 lie:列烈 lin:林临 ling:令领另灵 liu:流留六刘 lu:路露鲁录 "
    "lun:论伦 luo:罗落洛 lv:旅律 ma:马吗玛 mai:买卖 man:满曼慢 mei:没美每妹 men:们门 meng:梦蒙 mi:米密秘迷 mian:面免 "
    "ming:名明命 mo:默莫模 mu:母目木姆 na:那拿哪纳娜 nan:难男南 ni:你尼 nian:年念 nong:农弄 pai:排派拍牌 pi:皮批 "
    "qi:起期其气奇妻器七汽棋 qian:前钱千 qiang:强枪 qie:切且 qin:亲琴 qing:情轻清请青碃 qiu:求球秋 qu:去取趣区曲 quan:全权 que:却确缺 "
    "ren:人认任忍 ru:如入 sai:赛塞 san:三散 sha:沙杀 shan:山善 shang:上伤商 shao:少烧 she:社设 shen:什身神深甚 "
    "sheng:生声圣胜升盛 shi:是时事世使十实师失士始视识市式石似示史诗室食试适势释 shou:手受收首守授 shu:书数术树属束熟 shui:水谁睡 si:斯死四思司丝 "
    "song:送松 su:诉苏速素 sui:岁随虽 suo:所索 ta:他她它 tai:太台态 tan:谈探坦 ti:体提题 tiao:条跳 ting:听停庭 tong:同通统痛童 "
    "tou:头投 tu:突图土 tui:推退腿 tuo:托脱 wan:万完晚玩 wang:望往王忘亡 wei:为位未维味微围卫委 wen:问文温闻 wu:无物五务屋舞午武误 "
    "xi:西喜希系息细习吸戏洗席 xia:下夏 xian:现先显线险鲜 xiang:想相向像象响香乡项 xiao:小笑消校 xie:些写谢鞋 xin:心信新 xing:行性星形兴幸型醒 "
    "xiu:修休 xu:许需须续 xuan:选宣 xue:学血雪 ya:亚牙压呀 yan:眼言演验严研烟 yang:样养阳洋 yao:要药摇 ye:也业夜叶野 "
    "yi:一以意已医衣义易议艺依异遗伊疑忆 yin:因音引印银 ying:应英影营 yong:用永拥 you:有又由友游右油优 yu:于与语育遇雨鱼余预 yuan:员原远元院愿园 "
    "yue:月约越 yun:运云 zai:在再 zao:早造 ze:则责 zhan:战站展 zhang:长张丈章 zhao:找照招 zhe:这着者 zhen:真珍阵 "
    "zheng:正整争证征 zhi:之只知直至指制志治致纸支止质值职智置 zhong:中种重终钟众 zhou:周州洲 zhu:主住注助著 zhuan:转专 zhuang:装状 "
    "zi:子自字资 zu:足组族祖 zui:最嘴罪 zuo:作做坐座左 "
)
SOUNDS: Final = dict(entry.split(":") for entry in _SOUNDS.split())
