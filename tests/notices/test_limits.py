"""The public page of time limits says which figure is the law's and which is ours."""

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from regimes.loader import load


@pytest.fixture(autouse=True)
def regimes(db: None, settings: LazySettings) -> None:
    settings.REGIMES = ["cn-civil-code", "us-dmca-512"]


def shown(client: Client, language: str = "en") -> str:
    answer = client.get("/limits/", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_finds_the_page_from_every_page(client: Client) -> None:
    assert 'href="/limits/"' in client.get("/").content.decode()
    assert 'href="/limits/"' in shown(client)


def test_the_laws_word_stands_with_our_figure_and_its_source(client: Client) -> None:
    page = shown(client)
    assert "The law: “timely; the provider must publish its own limit”" in page
    assert "Decide on the notice: 3 working days (PRC calendar)" in page
    assert "Interim Measures for generative AI services art. 15" in page
    assert "not before 10 working days (US federal calendar)" in page
    assert "Handling process and feedback time limits are published." in page


def test_a_standard_without_a_figure_of_ours_says_so(
    client: Client, settings: LazySettings
) -> None:
    assert "We publish no figure of our own here" not in shown(client)
    settings.REGIMES = ["eu-dsa-platform"]
    assert "We publish no figure of our own here" in shown(client)


def test_every_regime_in_force_here_is_there_and_no_other(client: Client) -> None:
    page = shown(client)
    for pack_id in ("cn-civil-code", "us-dmca-512"):
        assert f"Rules {pack_id} {load(pack_id).version}" in page
    assert "eu-dsa" not in page


def test_an_operators_own_figure_is_the_one_that_is_published(
    client: Client, settings: LazySettings
) -> None:
    settings.REGIME_OVERRIDES = {"cn-civil-code": {"clocks": {"cn.house.decide": {"length": 2}}}}
    assert "Decide on the notice: 2 working days" in shown(client)


def test_the_law_is_said_in_chinese_too(client: Client) -> None:
    page = shown(client, "zh-hans")
    assert "3个工作日（中国工作日历）" in page
    assert "《生成式人工智能服务管理暂行办法》第十五条" in page


def test_the_page_costs_as_many_queries_with_one_regime_as_with_all(
    client: Client, settings: LazySettings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for packs in (["cn-civil-code"], ["cn-civil-code", "us-dmca-512", "eu-dsa-platform"]):
        settings.REGIMES = packs
        with django_assert_num_queries(1):  # what time it is
            shown(client)
