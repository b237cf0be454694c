"""Filing through the portal: five steps, nothing lost, sent once."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from django.conf import LazySettings
from django.utils.translation import override

from notices.models import Case, ClaimedItem, Draft, DraftFile, Notice, NoticeFile
from notices.services.disclosure import filer_as_seen
from notices.tasks import send_draft_link
from tests.notices.portal import FOUND, WORK, YOU, Walker, picture, unknown


def test_a_notice_goes_from_the_first_step_to_its_tracking_page(nora: Walker) -> None:
    nora.fill("found", FOUND, **{"file-output_copy": picture()})
    nora.fill_all()
    page = nora.client.get(nora.send())
    case = Case.objects.get()
    assert page.status_code == 200
    assert case.reference in page.content.decode()
    assert list(ClaimedItem.objects.values_list("kind", "locator")) == [
        ("output", "out_8Hk2"),
        ("output", "https://ai.example/o/out_9Lm3"),
        ("model", "foxspirit-v3"),
    ]
    notice = Notice.objects.get()
    assert notice.statements == {"truth_statement": "1"}
    assert notice.requested_measures == ["content_removal", "model_takedown"]
    assert [point.text for point in notice.points.all()] == ["red mask", "bells"]
    assert set(NoticeFile.objects.values_list("role", flat=True)) == {"original", "output_copy"}


def test_only_the_first_press_files_and_the_second_leads_to_the_same_case(nora: Walker) -> None:
    nora.fill_all()
    first, second = nora.client.get(nora.send()), nora.client.get(nora.send())
    assert Case.objects.count() == 1
    reference = Case.objects.get().reference
    assert reference in first.content.decode()
    assert reference in second.content.decode()


def test_what_was_typed_is_kept_even_when_it_is_wrong(nora: Walker) -> None:
    answer = nora.fill("you", {**YOU, "filer_email": "not-an-address", "filer_phone": "123"})
    assert answer.status_code == 422
    assert "not-an-address" in nora.page("you")
    assert 'value="123"' in nora.page("you")


def test_a_draft_is_resumed_on_another_device_at_the_first_step_that_is_open(nora: Walker) -> None:
    nora.fill("found", FOUND)
    other = type(nora.client)()
    answer = other.get(f"/notices/draft/{nora.token}/")
    assert answer["Location"].endswith("/work/")
    assert "foxspirit-v3" in other.get(nora.address("found")).content.decode()


def test_save_and_come_back_later_keeps_an_unfinished_step_and_shows_the_link(nora: Walker) -> None:
    answer = nora.fill("work", {"work_title": "", "explanation": "I gave no licence."}, later="1")
    page = nora.client.get(answer["Location"]).content.decode()
    assert f"/notices/draft/{nora.token}/" in page
    assert "I gave no licence." in nora.page("work")


def test_files_survive_an_error_on_the_same_page(nora: Walker) -> None:
    answer = nora.fill("found", {"outputs": ""}, **{"file-output_copy": picture("kept.png")})
    assert answer.status_code == 422
    assert "kept.png" in answer.content.decode()
    assert "kept.png" in nora.page("found")


def test_each_bad_file_has_its_own_error_and_the_good_one_is_taken(nora: Walker) -> None:
    files = [unknown("one.bin"), picture("good.png"), unknown("two.bin")]
    page = nora.fill("found", FOUND, **{"file-output_copy": files}).content.decode()
    summary = page.split("error-summary")[1].split("</div>")[0]
    assert summary.count('href="#file-output_copy"') == 2
    assert "one.bin" in summary
    assert "two.bin" in summary
    assert [one.file.name for one in DraftFile.objects.select_related("file")] == ["good.png"]


def test_a_file_is_removed_and_the_answers_beside_it_stay(nora: Walker) -> None:
    nora.fill("found", FOUND, **{"file-output_copy": picture()}, upload="output_copy")
    one = DraftFile.objects.get()
    nora.fill("found", {"outputs": "out_new"}, remove=str(one.id))
    assert not DraftFile.objects.exists()
    assert "out_new" in nora.page("found")


def test_a_notice_is_sent_with_everything_curable_left_empty(nora: Walker) -> None:
    bare = {"signature": "Nora Lin"}
    nora.fill_all()
    nora.fill("work", {"work_title": "Fox Spirit sheet"})
    nora.fill("sign", bare)
    check = nora.page("check")
    assert "You can send the notice as it is." in check
    assert "Proof that it is yours" in check
    nora.send()
    assert Notice.objects.get().statements == {}


def test_an_incomplete_draft_is_led_to_the_step_that_lacks_something(nora: Walker) -> None:
    nora.fill("found", FOUND)
    answer = nora.client.post(nora.address("check"))
    assert answer["Location"] == nora.address("work")
    assert not Case.objects.exists()


def test_a_sent_draft_keeps_no_answers_and_can_no_longer_be_changed(nora: Walker) -> None:
    nora.fill_all().send()
    assert Draft.objects.get().answers == {}
    answer = nora.fill("work", WORK)
    assert answer["Location"].endswith("/sent/")
    opened = nora.client.post(answer["Location"])
    assert opened["Location"].startswith("/track/")


def test_one_item_on_each_line_however_many(nora: Walker) -> None:
    many = "\n".join(f"https://ai.example/o/{number}" for number in range(1200))
    nora.fill_all({"outputs": many}).send()
    assert ClaimedItem.objects.count() == 1200


def test_an_agent_says_for_whom(nora: Walker) -> None:
    page = nora.fill("you", {**YOU, "filer_role": "agent"}).content.decode()
    assert "Enter the name of the right holder you act for." in page
    assert (
        nora.fill("you", {**YOU, "filer_role": "agent", "principal": "林晓雨"}).status_code == 302
    )


def test_the_preview_masks_the_name_until_a_counter_notice(nora: Walker) -> None:
    nora.fill("you", {**YOU, "filer_name": "林晓雨"})
    page = nora.page("others")
    assert "林**" in page
    assert "Not disclosed" in page


def test_a_name_that_the_law_hides_is_not_even_masked(nora: Walker, settings: LazySettings) -> None:
    settings.REGIMES = ["eu-dsa-platform"]
    nora.fill("you", {**YOU, "filer_name": "林晓雨"})
    page = nora.page("others")
    assert "林**" not in page
    assert "Not disclosed" in page


def test_under_two_laws_the_preview_says_what_the_strictest_lets_the_letter_say(
    nora: Walker, settings: LazySettings
) -> None:
    settings.REGIMES = ["cn-civil-code", "eu-dsa-platform"]
    nora.fill("you", {**YOU, "filer_name": "林晓雨"})
    page = nora.page("others")
    rows = re.findall(r'<th scope="row">([^<]+)<', page)
    assert len(rows) == len(set(rows))
    assert "林**" not in page
    assert "林晓雨</td>" not in page
    with override("en"):
        nora.fill_all().send()
        assert filer_as_seen(Notice.objects.get()) == "a filer whose name is not disclosed"


def test_statements_stand_in_full_and_perjury_only_where_american_law_asks(
    nora: Walker, settings: LazySettings
) -> None:
    assert "under penalty of perjury" in nora.page("sign")
    settings.REGIMES = ["cn-civil-code"]
    page = nora.page("sign")
    assert "under penalty of perjury" not in page
    assert "I answer for it" in page


def test_the_link_of_a_draft_is_mailed_to_the_address_it_names(
    nora: Walker, settings: LazySettings, tmp_path: Path
) -> None:
    settings.EMAIL_URL = tmp_path.as_uri()
    assert "Send the link to" not in nora.page("saved")
    nora.fill("you", YOU)
    assert "Send the link to nora@filer.example" in nora.page("saved")
    assert nora.client.post(nora.address("saved")).status_code == 302
    send_draft_link(nora.token, "nora@filer.example", "zh-Hans")
    mail = message_from_bytes(next(tmp_path.glob("**/*.eml")).read_bytes(), policy=default)
    assert mail["To"] == "nora@filer.example"
    assert f"/notices/draft/{nora.token}/" in mail.get_body(("plain",)).get_content()
