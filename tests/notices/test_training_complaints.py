"""A complaint about training is another kind of case: no items, no measures, never mixed with output."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from measures.errors import BadOrder
from measures.services.impose import impose
from measures.services.orders import Order
from notices.models import Case
from notifications.models import Message
from platforms.models import PlatformUser
from tests.conftest import Cast
from tests.counternotices.stage import platform

COMPLAINT = {
    "models": "Acme Draw 3",
    "work_title": "Fox Spirit 狐灵",
    "commitments": ["1.3"],
    "explanation": "Our robots.txt has reserved rights since 2023; your crawler fetched 4,000 sheets.",
    "filer_role": "owner",
    "filer_name": "Nora Lind",
    "filer_email": "nora@filer.example",
    "signature": "Nora Lind",
}
ANSWER = {
    "training-reasons_en": "The crawler is fixed; the next model is trained without them.",
    "training-reasons_zh": "爬虫已修正；下一代模型的训练将排除这些作品。",
}


@pytest.fixture
def filed(client: Client, db: None, settings: LazySettings) -> Case:
    settings.STAFF_MFA_REQUIRED = False
    platform()
    answer = client.post(reverse("training-new"), COMPLAINT, follow=True)
    assert answer.status_code == 200
    assert "We have received your notice" in answer.content.decode()
    return Case.objects.get()


def test_it_runs_under_its_own_law_and_says_what_is_missing(filed: Case) -> None:
    assert filed.kind == "training_complaint"
    assert [r.pack_id for r in filed.regimes.all()] == ["eu-gpai-complaint"]
    assert filed.notice.items.count() == 0
    assert filed.notice.particulars["model_concerned"] == ["Acme Draw 3"]


def test_what_was_typed_is_shown_again_with_its_errors(client: Client, db: None) -> None:
    answer = client.post(reverse("training-new"), {**COMPLAINT, "filer_email": "no address"})
    assert answer.status_code == 422
    assert "your crawler fetched" in answer.content.decode()
    assert not Case.objects.exists()


def test_the_desk_offers_no_measures_and_answers_it(
    client: Client, filed: Case, cast: Cast
) -> None:
    client.force_login(cast.tara)
    client.post(reverse("desk-claim", args=[filed.reference]))
    page = client.get(reverse("desk-case", args=[filed.reference])).content.decode()
    assert "Answer the complaint about training" in page
    assert "Necessary measures" not in page
    somebody = PlatformUser.objects.create(platform=filed.platform, external_id="u_1")
    order = Order("user_sanction", platform_user=somebody, level="warn")
    regimes = list(filed.regimes.all())
    with pytest.raises(BadOrder, match="no measure on items"):
        impose(filed, regimes, [order], user=cast.tara, now=filed.filed_at)

    client.post(reverse("desk-training", args=[filed.reference]), ANSWER)

    assert Case.objects.get().state == "closed"
    letter = Message.objects.get(template="training_answered")
    assert "The crawler is fixed" in letter.text


def test_a_notice_about_output_is_not_answered_as_one(
    client: Client, filed: Case, cast: Cast
) -> None:
    Case.objects.update(kind="output_notice")
    client.force_login(cast.tara)
    client.post(reverse("desk-claim", args=[filed.reference]))
    answer = client.post(reverse("desk-training", args=[filed.reference]), ANSWER)
    assert answer.status_code == 409
    assert Case.objects.get().state == "in_review"
