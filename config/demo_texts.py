"""The texts of the demo that the sandbox shows its users: one of each kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework.services.texts import Wish, approve, write
from config.demo import DOMAIN
from notices.selectors import standing_cases
from screening.models import DisplayText
from screening.states import TextKind, TextState
from users.models import User


@dataclass(frozen=True)
class DemoText:
    """One text; `case_title` is the case of the demo that it stands on."""

    kind: TextKind
    title: str
    en: str
    zh: str
    terms: tuple[str, ...] = ()
    source: str = ""
    case_title: str = ""


TEXTS: Final = (
    DemoText(
        TextKind.PRE_USE,
        "Before generating",
        "Describe your own idea. Prompts that name or closely describe characters, works or artists protected by "
        "copyright are not allowed, and may be warned of or blocked.",
        "请描述您自己的创意。请勿在提示词中指名或近似描述受著作权保护的角色、作品或作者；此类提示词可能被警示或拦截。",
    ),
    DemoText(
        TextKind.TRAINING,
        "Influence of training data",
        "Our models were trained on third parties' data. A result may resemble works in it without anybody "
        "intending so; please check before you publish or sell it.",
        "本服务所用模型使用第三方数据训练。生成结果可能在无人有意的情况下与其中的作品近似，发布或商用前请自行核查。",
    ),
    DemoText(
        TextKind.WARNING,
        "A prompt that a rule caught",
        "This prompt comes close to a protected work. Repeated attempts may lead to limits on your account.",
        "该提示词接近受保护的作品。多次尝试可能导致账号功能受限。",
    ),
    DemoText(
        TextKind.NOTICE,
        "Fox Spirit: notice upheld",
        "A right holder's notice about the character Fox Spirit was upheld here. Pictures that show it may be "
        "removed; publishing them may infringe copyright.",
        "权利人就“狐灵”角色形象提出的通知已在本平台得到支持。含有该形象的图片可能被删除，传播此类图片可能侵犯著作权。",
        terms=("fox spirit", "狐灵"),
        case_title="Fox Spirit, turnaround sheet",
    ),
    DemoText(
        TextKind.RULING,
        "Ruling on a character series",
        "In a case between [[Harbour Light Studio]] and a drawing service, a court held that generating pictures "
        "substantially similar to a protected character infringes copyright. (Made up for the demonstration.)",
        "在[[港灯工作室]]诉某绘图服务案中，法院认定生成与受保护角色形象实质性相似的图片侵犯著作权。（演示用虚构内容。）",
        terms=("lantern knight", "灯笼骑士"),
        source="Demonstration Internet Court, (2025) Demo 0001 / 演示互联网法院（2025）演 0001 号",
    ),
)


def create_texts(now: datetime) -> int:
    """Write the texts of the demo that are not there yet; how many were written. A text whose case is not
    there waits for the next time."""
    told = set(DisplayText.objects.values_list("title", flat=True))
    lea, dan = (User.objects.get(email=f"{key}@{DOMAIN}") for key in ("lea", "dan"))
    made = 0
    for text in TEXTS:
        reference = _reference(text)
        if text.title in told or (text.case_title and not reference):
            continue
        row = write(_wish(text, reference), user=lea, now=now)
        if row.state == TextState.PROPOSED:
            approve(row, user=dan, now=now)
        made += 1
    return made


def _reference(text: DemoText) -> str:
    case = standing_cases().filter(title=text.case_title).first() if text.case_title else None
    return case.reference if case else ""


def _wish(text: DemoText, reference: str) -> Wish:
    return Wish(
        kind=text.kind,
        title=text.title,
        texts={"en": text.en, "zh-Hans": text.zh},
        terms=text.terms,
        source=text.source,
        case_reference=reference,
    )
