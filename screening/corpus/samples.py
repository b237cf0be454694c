"""Two sets of names and carriers with nothing in common: the engine was tuned on one, it is reported on the other."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sample:
    """Names as a right holder would list them, and sentences with a gap `{}` to put them in."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]
    english_carriers: tuple[str, ...]
    chinese_carriers: tuple[str, ...]
    negatives: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return self.english + self.chinese


def _names(line: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in line.split("/"))


TUNING: Final = Sample(
    english=_names(
        "Ultraman / Fox Spirit / Zorblax / Pinocchio / Dracula / Robin Hood / Snow White / Kirameki / Starlight Nine"
        " / Thunderpaw / Vexaria / Captain Nemo / Rapunzel / Moonwick / Iron Falcon / Quillibert / Bramblefoot / Nyxara"
        " / Dragonborne / Little Lantern / Gizmorra / Frankenstein / Pebblekin / Astrowolf / Marigold Finch / Tobinator"
        " / Emberlynn / Sherlock Holmes / Kazuyomi / Silver Otter"
        " / Glimmerfang / Ocean Warden / Pikkolo / Peter Pan / Nosferatu / Long John Silver / Red Comet / Hoshimaru / Sunny Valley Seven"
        " / Stormwhisker / Lumivara / Doctor Moreau / Cinderella / Duskmantle / Paper Tiger / Wobblethorpe / Fernwhistle / Zephyrion"
        " / Griffinheart / Velvet Rabbit / Cogsworthy / Quasimodo / Acornella / Galaxolotl / Clementine Rook / Robotilda"
        " / Ashenvale / Hercule Wren / Mizukage / Golden Badger"
        " / Harlequin Moth / Briarwen / Toadstool Tim / Captain Hook / Beowulf / Little John / Morgana / Amber Knight / Skyhopper"
        " / Oakenshade / Princess Ninefold / Zanzibella / Phileas Fogg / Thistledown / Kurohime / Crimson Heron / Blunderbot"
        " / Sablewing / Scheherazade / Puddlejumper / Midnight Courier / Ravensworth / Tamerlane Fox / Yukimaru / Elderglow"
        " / Baron Cucumber / Wendigo Bay / Sirocco / Marble Owl / Chronomancer"
        " / Lantern Jack / Voskaria / Biscuit Knight / Rip van Winkle / Grendel / Father Brown / Titania / Cobalt Widow / Rocketina"
        " / Hollowmere / Duchess Plum / Calavento / Professor Challenger / Mossback / Akitsuki / Jade Kestrel / Sprocketeer"
        " / Inkwell / Oberon / Snickerdoodle Sam / Eleventh Hour / Wainscott / Fitzgibbon / Natsuhiro / Luminex"
        " / Countess Turnip / Kelpie Cove / Mistral / Onyx Beetle / Dreamweaver"
    ),
    chinese=_names(
        "奥特曼 / 狐灵 / 孙悟空 / 哪吒 / 嫦娥 / 林黛玉 / 白骨精 / 云朵猫 / 星河少年 / 墨小侠 / 赤焰龙王 / 青衣剑客 / 月光兔 / 机甲小队"
        " / 糖糖熊 / 钢铁飞鹰 / 雪山飞狐 / 长乐公主 / 曾小满 / 绿野仙踪 / 雷霆战车 / 葫芦娃 / 喵喵侦探 / 竹林七子 / 海螺姑娘 / 龙女小白"
        " / 黑猫警长 / 银河使者 / 花仙子 / 单车少女"
        " / 海绵船长 / 玉灵 / 猪八戒 / 敖丙 / 精卫 / 贾宝玉 / 牛魔王 / 铃铛狗 / 银翼少女 / 笔仙侠 / 玄冰凤凰 / 红袖刀客 / 向日葵兔 / 超能特工队"
        " / 果果猴 / 铜甲神犀 / 沙海飞鹰 / 乐平郡主 / 朴小树 / 森林奇遇记 / 闪电列车 / 莲花童子 / 汪汪神探 / 桃园三侠 / 田螺先生 / 蛇女小青"
        " / 白鸽警官 / 宇宙信使 / 雪绒精灵 / 重明鸟"
        " / 深海船歌 / 木灵 / 沙僧 / 雷震子 / 女娲 / 薛宝钗 / 铁扇公主 / 铃兰猫 / 晨曦战士 / 砚小生 / 碧水麒麟 / 白衣捕快 / 蒲公英兔 / 极速救援队"
        " / 饼饼龟 / 银甲战象 / 大漠孤狼 / 长宁王妃 / 单小棠 / 童话大冒险 / 飓风飞船 / 桃花童子 / 嗷嗷博士 / 梅山六怪 / 河蚌姐姐 / 虎妖小黄"
        " / 灰雀局长 / 月球邮差 / 冰糖精灵 / 还珠狐"
        " / 风筝骑士 / 石灵 / 夸父 / 红孩儿 / 后羿 / 史湘云 / 二郎神 / 棉花狐 / 极光勇者 / 纸鸢 / 紫电貔貅 / 蓝袍书生 / 小麦兔 / 天空巡逻队"
        " / 团团鼠 / 黄金战狮 / 草原苍鹰 / 永安公主 / 覃小雨 / 奇幻图书馆 / 龙卷飞车 / 荷叶仙子 / 咕咕校长 / 西湖七友 / 珊瑚妹妹 / 狼王小灰"
        " / 喜鹊邮递员 / 彗星旅人 / 奶油精灵 / 朝露鹿"
    ),
    english_carriers=(
        "draw {} fighting a monster in the rain",
        "{}",
        "a watercolour portrait of {}, soft light, 8k",
        "{} riding a bicycle through the old town",
        "please make a poster with {} and the title 'Summer 2026'",
        "(masterpiece:1.2), best quality, {}, city at night",
        "my daughter's birthday card showing {}",
        "cinematic shot, {} standing on a cliff -- wide angle",
        "generate {} baking bread in a small kitchen",
        "{} portrait",
        "concept art: {}, three views, white background",
        "an oil painting in which {} looks at the sea",
        "I need a sticker of {} waving, thick outline",
        "(ultra detailed), volumetric light, {}, forest path",
        "a bedtime story picture: {} asleep under a tree",
        "isometric render, {} next to a red house, no text",
        "show {} at the dentist",
        "{} wallpaper",
        "character sheet, {}, front and back",
        "a stained glass window of {} with a halo",
        "could you design a mug with {} on it?",
        "[best quality], rim light, {}, ruined temple",
        "a page for a colouring book: {} on a swing",
        "stop motion still, {} under an umbrella, 35mm",
        "put {} on a skateboard",
        "{} fan art",
        "turnaround of {}, grey backdrop",
        "a mosaic floor with {} in the middle",
        "what would {} look like as a chef?",
        "[sharp], golden hour, {}, desert road",
        "a puzzle with 100 pieces: {} and a kite",
        "paper cut style, {} in a lighthouse, A3",
    ),
    chinese_carriers=(
        "画一个{}打怪兽",
        "{}",
        "请生成{}的水彩头像，柔和光线",
        "帮我做一张海报，主角是{}，背景是星空",
        "{}在雨里骑自行车",
        "高清，杰作，{}，城市夜景",
        "给女儿的生日贺卡上画{}和蛋糕",
        "电影感镜头：{}站在悬崖边",
        "生成{}在厨房做面包的图",
        "{}肖像",
        "概念设计图：{}，三视图，白色背景",
        "油画风格，{}望着大海",
        "我要一张{}挥手的贴纸，粗线条",
        "超精细，体积光，{}，林间小路",
        "睡前故事插图，{}在树下睡着了",
        "等距渲染，{}旁边有一座红房子，不要文字",
        "生成{}看牙医的照片",
        "{}壁纸",
        "角色设定：{}，正面和背面",
        "教堂彩窗上的{}，带光环",
        "能不能设计一个印着{}的杯子？",
        "最佳质量，轮廓光，{}，废墟神庙",
        "儿童涂色书的一页：{}荡秋千",
        "定格动画，{}撑着伞，胶片质感",
        "让{}踩滑板",
        "{}同人图",
        "转面图：{}，灰色背景",
        "地板马赛克中间是{}",
        "{}当厨师会是什么样子？",
        "锐利，黄昏光，{}，沙漠公路",
        "一百块拼图：{}和风筝",
        "剪纸风格，{}在灯塔里，A3",
    ),
    negatives=(
        "lowres, bad anatomy, blurry",
        "watermark, text, signature",
        "模糊，低分辨率",
        "多余的手指，畸形",
        "ugly, deformed, extra limbs",
        "jpeg artifacts, cropped",
        "丑陋，变形",
        "水印，文字",
        "bad hands, missing fingers",
        "oversaturated, noise",
        "手部错误",
        "噪点，过曝",
        "out of frame, duplicate",
        "grainy, dull colours",
        "重复，出框",
        "颗粒感，灰暗",
    ),
)

REPORT: Final = Sample(
    english=_names(
        "Marzipan Rex / Ondrellith / Bellhop Ben / Don Quixote / Fafnir / Mother Goose / Desdemona / Scarlet Ibis Girl / Turbolina"
        " / Wintermoor / Prince Pomegranate / Solenzara / Doctor Faustus / Bracken / Harukaze / Ivory Stag / Clankerton"
        " / Candlemere / Mephisto / Rumpelstiltskin / Seventh Gardener / Aldersgate / Montgolfier / Tsukimori / Vantablue"
        " / Lord Rhubarb / Selkie Sound / Zenobia / Copper Newt / Thornweaver"
    ),
    chinese=_names(
        "灯塔骑兵 / 云灵 / 大禹 / 黄飞虎 / 伏羲 / 王熙凤 / 太白金星 / 栗子狸 / 黎明猎手 / 剪纸侠 / 金雷狻猊 / 灰衣道人 / 萝卜兔 / 海岸守望队"
        " / 圆圆象 / 白银斗牛 / 高原雄鹿 / 平阳公主 / 解小雪 / 魔法裁缝铺 / 旋风滑板 / 荔枝仙姑 / 呼呼教授 / 东山五老 / 贝壳妹妹 / 鹰王小赤"
        " / 麻雀船长 / 星尘过客 / 麦芽精灵 / 暮色鲸"
    ),
    english_carriers=(
        "imagine {} at a flea market",
        "{} phone case",
        "model sheet for {}, six poses",
        "an embroidered cushion showing {} and roses",
        "how would {} look in a spacesuit?",
        "[award winning], backlit, {}, harbour wall",
        "an advent calendar with {} behind every door",
        "linocut, {} in a greenhouse, two colours",
    ),
    chinese_carriers=(
        "想象{}逛跳蚤市场",
        "{}手机壳",
        "模型设定：{}，六个姿势",
        "绣花靠垫上有{}和玫瑰",
        "{}穿上宇航服是什么样？",
        "获奖作品，逆光，{}，港口堤岸",
        "圣诞倒数日历，每扇门后都是{}",
        "版画，{}在温室里，双色",
    ),
    negatives=("mutated, low contrast", "frame, border, logo", "低对比，边框", "多余肢体，重影"),
)
