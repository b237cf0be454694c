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
    ),
    chinese=_names(
        "奥特曼 / 狐灵 / 孙悟空 / 哪吒 / 嫦娥 / 林黛玉 / 白骨精 / 云朵猫 / 星河少年 / 墨小侠 / 赤焰龙王 / 青衣剑客 / 月光兔 / 机甲小队"
        " / 糖糖熊 / 钢铁飞鹰 / 雪山飞狐 / 长乐公主 / 曾小满 / 绿野仙踪 / 雷霆战车 / 葫芦娃 / 喵喵侦探 / 竹林七子 / 海螺姑娘 / 龙女小白"
        " / 黑猫警长 / 银河使者 / 花仙子 / 单车少女"
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
    ),
    negatives=(
        "lowres, bad anatomy, blurry",
        "watermark, text, signature",
        "模糊，低分辨率",
        "多余的手指，畸形",
    ),
)

REPORT: Final = Sample(
    english=_names(
        "Glimmerfang / Ocean Warden / Pikkolo / Peter Pan / Nosferatu / Long John Silver / Red Comet / Hoshimaru / Sunny Valley Seven"
        " / Stormwhisker / Lumivara / Doctor Moreau / Cinderella / Duskmantle / Paper Tiger / Wobblethorpe / Fernwhistle / Zephyrion"
        " / Griffinheart / Velvet Rabbit / Cogsworthy / Quasimodo / Acornella / Galaxolotl / Clementine Rook / Robotilda"
        " / Ashenvale / Hercule Wren / Mizukage / Golden Badger"
    ),
    chinese=_names(
        "海绵船长 / 玉灵 / 猪八戒 / 敖丙 / 精卫 / 贾宝玉 / 牛魔王 / 铃铛狗 / 银翼少女 / 笔仙侠 / 玄冰凤凰 / 红袖刀客 / 向日葵兔 / 超能特工队"
        " / 果果猴 / 铜甲神犀 / 沙海飞鹰 / 乐平郡主 / 朴小树 / 森林奇遇记 / 闪电列车 / 莲花童子 / 汪汪神探 / 桃园三侠 / 田螺先生 / 蛇女小青"
        " / 白鸽警官 / 宇宙信使 / 雪绒精灵 / 重明鸟"
    ),
    english_carriers=(
        "generate {} baking bread in a small kitchen",
        "{} portrait",
        "concept art: {}, three views, white background",
        "an oil painting in which {} looks at the sea",
        "I need a sticker of {} waving, thick outline",
        "(ultra detailed), volumetric light, {}, forest path",
        "a bedtime story picture: {} asleep under a tree",
        "isometric render, {} next to a red house, no text",
    ),
    chinese_carriers=(
        "生成{}在厨房做面包的图",
        "{}肖像",
        "概念设计图：{}，三视图，白色背景",
        "油画风格，{}望着大海",
        "我要一张{}挥手的贴纸，粗线条",
        "超精细，体积光，{}，林间小路",
        "睡前故事插图，{}在树下睡着了",
        "等距渲染，{}旁边有一座红房子，不要文字",
    ),
    negatives=(
        "ugly, deformed, extra limbs",
        "jpeg artifacts, cropped",
        "丑陋，变形",
        "水印，文字",
    ),
)
