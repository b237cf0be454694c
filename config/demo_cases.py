"""The cases of the demo, made by the same services that make real ones, against the running sandbox."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import httpx
from django.conf import settings
from django.db import transaction

from casework.services.orders import Choice, orders_for
from casework.services.uphold import uphold
from common.actors import filer
from config.demo import DOMAIN
from counternotices.services.filing import Statement, file_counter_notice
from evidence.files import seal
from evidence.tracing import trace
from notices.filing import Filing, ItemClaim, PaperClaim, PointClaim
from notices.models import Case, Channel
from notices.selectors import owners
from notices.services.claims import claim
from notices.services.decisions import Ruling, decline, withdraw
from notices.services.information import Question, request_information
from notices.services.kin import read_kin_of_items
from notices.services.look_up import look_up_items
from notices.services.submit import submit
from notices.services.traces import trace_files
from notices.statements import TEXTS
from notices.states import ItemOutcome
from platforms.services import client
from users.models import User

PICTURE: Final = "/sandbox/works/fox-spirit.png"
MADE_FOR_DEMO: Final = {"en": "Made up for the demonstration.", "zh-Hans": "此为演示用的虚构内容。"}


@dataclass(frozen=True)
class Story:
    """One notice of the demo, and how far it has gone."""

    title: str
    language: str
    items: tuple[tuple[str, str], ...]
    ends: str
    by: str = "lin"
    complete: bool = True
    families: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    sanction: str = ""
    points: tuple[str, ...] = field(default=())
    copies: tuple[str, ...] = ()
    """Outputs of which the filer saved a copy, with the label that lies in it."""


STORIES: Final = (
    Story(
        "狐灵（角色设定图，2021）",
        "zh-Hans",
        (("output", "out_8Hk2"), ("output", "out_9Tq4"), ("model", "foxspirit-v3")),
        "received",
        points=("面具上三道红纹，左眼处有缺口", "腰间铃铛与绳结样式一致"),
        copies=("out_8Hk2",),
    ),
    Story(
        "Mascot “Doudou”",
        "en",
        (("output", "out_6Ws3"), ("model", "doudou_xl")),
        "asked",
        by="agent",
        complete=False,
    ),
    Story(
        "Poster “Harbour, 1962”",
        "en",
        (("output", "out_5Gd1"), ("page", "https://elsewhere.example/harbour")),
        "review",
        by="agent",
        points=("The crane and the lamp stand in the same place",),
    ),
    Story(
        "Fox Spirit, turnaround sheet",
        "en",
        (("output", "out_2Lm7"), ("model_version", "foxspirit-v3@1")),
        "upheld",
        by="agent",
        families=("content_removal", "model_takedown", "prompt_block", "model_optimisation"),
        terms=("Fox Spirit",),
        probes=("a masked fox with a bell", "fox spirit with a lantern"),
        sanction="warn",
        points=("Mask: three red strokes, notch at the left eye",),
    ),
    Story(
        "狐灵表情包",
        "zh-Hans",
        (("output", "out_4Rv6"),),
        "contested",
        families=("content_removal", "prompt_block"),
        terms=("狐灵表情包",),
        points=("面具与铃铛一致",),
    ),
    Story(
        "“Ink and rain”, watercolour manner",
        "en",
        (("output", "out_3Np8"),),
        "declined",
        by="agent",
    ),
    Story("狐灵壁纸", "zh-Hans", (("link", "/s/F8kQ2z"),), "withdrawn"),
)


def create_cases(now: datetime) -> int:
    """Make the cases of the demo that are not there yet; how many were made."""
    told = set(Case.objects.values_list("title", flat=True))
    missing = [story for story in STORIES if story.title not in told]
    for story in missing:
        _tell(story, now)
    return len(missing)


def _tell(story: Story, now: datetime) -> None:
    case = submit(_filing(story, now), now=now)
    look_up_items(case.id, now=now)
    read_kin_of_items(case.id, now=now)
    trace_files(case.id, now=now)
    {
        "received": lambda: None,
        "asked": lambda: _ask(case, now),
        "review": lambda: claim(case.id, user=_person("wei"), now=now),
        "upheld": lambda: _uphold(case, story, now),
        "contested": lambda: _contest(_uphold(case, story, now), now),
        "declined": lambda: _decline(case, now),
        "withdrawn": lambda: withdraw(case.id, actor=filer(case.notice.id), now=now),
    }[story.ends]()


@transaction.atomic
def _filing(story: Story, now: datetime) -> Filing:
    person = _person(story.by)
    work = seal(_picture(), name="work.png", at=now)
    proof = seal(_paper(story.title), name="registration.txt", at=now)
    identity = seal(_paper(person.name), name="identity.txt", at=now)
    papers = [PaperClaim(work.id, "work")]
    for name in story.copies:
        copy = seal(client().content(name).body, name=f"{name}.png", at=now)
        trace(copy, now=now)
        papers.append(PaperClaim(copy.id, "output_copy"))
    if story.complete:
        papers += [PaperClaim(proof.id, "right_proof"), PaperClaim(identity.id, "identity")]
    return Filing(
        channel=Channel.PORTAL.value,
        language=story.language,
        account_id=person.id,
        filer_role="owner",
        filer_name=person.name,
        filer_email=person.email,
        filer_phone="+86 10 0000 0000",
        filer_address="1 Demonstration Road",
        filer_identity="DEMO-0001",
        work_title=story.title,
        work_kind="character",
        work_published_at="2021-05-01",
        explanation=MADE_FOR_DEMO[story.language],
        sample_origin="third_party",
        requested_measures=("content_removal", "prompt_block"),
        statements={key: text.version for key, text in TEXTS.items()},
        signature=person.name,
        items=tuple(ItemClaim(kind, locator) for kind, locator in story.items),
        points=tuple(PointClaim(text) for text in story.points),
        files=tuple(papers),
    )


def _uphold(case: Case, story: Story, now: datetime) -> Case:
    tara = _person("tara")
    claim(case.id, user=tara, now=now)
    items = list(case.notice.items.select_related("artefact__owner").exclude(artefact=None))
    for item in items:
        item.outcome = ItemOutcome.UPHELD
    owners = {item.artefact.owner for item in items if item.artefact and item.artefact.owner}
    sanctions = dict.fromkeys(owners, story.sanction) if story.sanction else {}
    choice = Choice(story.families, story.terms, story.probes, sanctions)
    ruling = Ruling(MADE_FOR_DEMO, {item.id: ItemOutcome.UPHELD.value for item in items})
    return uphold(case.id, ruling, orders_for(items, choice), user=tara, now=now)


def _contest(case: Case, now: datetime) -> None:
    regime = case.regimes.get(pack_id=settings.REGIMES[0])
    person = owners(case)[0]
    answers = {
        "user_name": "Paul Ibsen",
        "user_contact": "paul@demo.example",
        "user_address": "2 Demonstration Road",
        "item_title": case.title,
        "item_location": "out_4Rv6",
        "prelim_evidence_noninfringement": MADE_FOR_DEMO["en"],
        "truth_statement": "1",
    }
    statement = Statement("en", "not_the_work", answers, "Paul Ibsen")
    file_counter_notice(regime.id, person, statement, now=now)


def _ask(case: Case, now: datetime) -> None:
    tara = _person("tara")
    claim(case.id, user=tara, now=now)
    request_information(case.id, Question(["right_proof"]), user=tara, now=now)


def _decline(case: Case, now: datetime) -> None:
    wei = _person("wei")
    claim(case.id, user=wei, now=now)
    decline(case.id, Ruling(MADE_FOR_DEMO), user=wei, now=now)


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@{DOMAIN}")


def _picture() -> bytes:
    answer = httpx.get(settings.PLATFORM_URL + PICTURE, timeout=10)
    answer.raise_for_status()
    return answer.content


def _paper(text: str) -> bytes:
    return f"{text}\n{MADE_FOR_DEMO['en']} {MADE_FOR_DEMO['zh-Hans']}\n".encode()
