"""What people see: both languages, and 410 with one plain sentence for what was taken away."""

import re

import pytest

from platforms.client import PlatformClient
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox.orders import order, removal, sanction
from tests.sandbox_process import SandboxProcess

PAGES = [
    "/",
    "/o/out_8Hk2",
    "/m/foxspirit-v3",
    "/m/foxspirit-v3@1",
    "/p/pg_fox",
    "/p/plc_rec_fox",
    "/m/foxlantern-mix",
    "/t/trn_fox_01",
    "/u/u_5512",
    "/generate",
    "/webhooks",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("accept", "tag"),
    [("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9,en;q=0.5", "zh-Hans"), ("fr", "en")],
)
def test_every_page_is_served_in_the_readers_language(
    sandbox: SandboxProcess, path: str, accept: str, tag: str
) -> None:
    answer = sandbox.ask("GET", path, headers={"Accept-Language": accept})
    assert answer.status_code == 200
    assert f'<html lang="{tag}">' in answer.text
    assert not re.search(r"<script|\sstyle=|\son\w+=", answer.text)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_the_language_can_be_chosen(sandbox: SandboxProcess) -> None:
    assert (
        "作品广场" in sandbox.ask("GET", "/?lang=zh-Hans", headers={"Accept-Language": "en"}).text
    )
    assert "Gallery" in sandbox.ask("GET", "/?lang=en", headers={"Accept-Language": "zh"}).text


def test_removed_things_answer_410_everywhere_and_come_back(
    sandbox: SandboxProcess, client: PlatformClient
) -> None:
    client.apply(removal("m-1"), "key-1")
    for path in ("/o/out_8Hk2", "/s/F8kQ2z", "/content/out_8Hk2.png"):
        assert sandbox.ask("GET", path).status_code == 410
    assert "目前无法查看" in sandbox.ask("GET", "/o/out_8Hk2?lang=zh").text
    assert "out_8Hk2" not in sandbox.ask("GET", "/").text
    assert client.content("out_8Hk2").body
    client.lift("m-1", "key-2")
    assert sandbox.ask("GET", "/o/out_8Hk2").status_code == 200
    assert sandbox.ask("GET", "/s/F8kQ2z").headers["location"] == "/o/out_8Hk2"


def test_a_model_taken_down_is_gone_with_its_versions(
    sandbox: SandboxProcess, client: PlatformClient
) -> None:
    client.apply(order("m-1", "model_takedown", "foxspirit-v3"), "key-1")
    for path in ("/m/foxspirit-v3", "/m/foxspirit-v3@2", "/s/M1foxV"):
        assert sandbox.ask("GET", path).status_code == 410
    assert "foxspirit-v3@2" not in sandbox.ask("GET", "/generate").text


def test_the_home_page_recommends_and_lists_well_known_characters_apart(
    sandbox: SandboxProcess, client: PlatformClient
) -> None:
    def part(name: str) -> str:
        found = re.search(rf'<section class="{name}">.*?</section>', home(), re.DOTALL)
        return found.group() if found else ""

    def home() -> str:
        return sandbox.ask("GET", "/?lang=en").text

    assert "foxspirit-v3" in part("recommended")
    assert "out_5Gd1" in part("recommended")
    assert "foxspirit-v3" in part("characters")
    assert "doudou_xl" in part("characters")
    client.apply(removal("m-1", "plc_rec_fox"), "key-1")
    assert "foxspirit-v3" not in part("recommended")
    assert "foxspirit-v3" in part("characters")
    client.apply(order("m-2", "model_takedown", "foxspirit-v3"), "key-2")
    assert "foxspirit-v3" not in part("characters")
    assert "out_5Gd1" in part("recommended")


def test_a_collection_shows_what_is_in_it(sandbox: SandboxProcess, client: PlatformClient) -> None:
    page = sandbox.ask("GET", "/p/pg_fox").text
    assert "/o/out_9Tq4" in page
    assert "/o/out_5Gd1" not in page
    client.apply(removal("m-1", "out_9Tq4"), "key-1")
    assert "/o/out_9Tq4" not in sandbox.ask("GET", "/p/pg_fox").text


def test_a_users_page_shows_the_standing(sandbox: SandboxProcess, client: PlatformClient) -> None:
    client.apply(sanction("m-1", "suspend"), "key-1")
    assert "已暂停" in sandbox.ask("GET", "/u/u_5512?lang=zh").text


def test_unknown_addresses_are_a_page_of_their_own(sandbox: SandboxProcess) -> None:
    for path in ("/o/out_0000", "/m/x", "/p/x", "/s/x", "/u/x", "/content/x.png", "/none"):
        answer = sandbox.ask("GET", path)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")


def test_the_form_leads_to_the_new_output(sandbox: SandboxProcess, guard: FakeGuard) -> None:
    sent = {"prompt": "<b>teapot</b>", "user": "u_8830", "lora": "", "negative_prompt": ""}
    more = {"model": "upstream-draw", "paid": "on"}
    answer = sandbox.ask("POST", "/generate?lang=zh", data=sent | more)
    assert answer.status_code == 303
    page = sandbox.ask("GET", answer.headers["location"])
    assert "upstream-draw/api-v2" in page.text
    assert "付费" in page.text
    assert "&lt;b&gt;teapot&lt;/b&gt;" in page.text
    assert "AI 生成" in page.text


def test_the_right_holders_work_can_be_fetched_by_anybody(sandbox: SandboxProcess) -> None:
    answer = sandbox.ask("GET", "/sandbox/works/fox-spirit.png", headers={"Authorization": ""})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
