"""Errors: a summary with focus, the same words beside the field, "Error" in the title."""

import re

import pytest
from django.test import Client

from tests.notices.portal import Walker


def test_the_summary_links_to_each_field_in_the_fields_own_words(nora: Walker) -> None:
    page = nora.fill("you", {}).content.decode()
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    links = re.findall(r'href="#(\w+)">([^<]+)<', summary)
    assert links == [
        ("id_filer_role_0", "Say whether you own the rights or act for the right holder."),
        ("id_filer_name", "Enter your name."),
        ("id_filer_email", "Enter your e-mail address."),
    ]
    for place, words in links:
        assert f'id="{place}"' in page
        assert page.count(words) == 2
    assert "<title>Error: You" in page


def test_the_summary_takes_the_focus_and_the_browser_checks_nothing(nora: Walker) -> None:
    page = nora.fill("work", {}).content.decode()
    assert re.search(r'class="error-summary" role="alert"[^>]*tabindex="-1" autofocus', page)
    assert "novalidate" in page
    assert " required" not in page.split("<form")[-1]


def test_a_wrong_field_points_to_its_error_and_hint(nora: Walker) -> None:
    page = nora.fill("work", {}).content.decode()
    field = re.search(r'<input[^>]*name="work_title"[^>]*>', page)
    assert field is not None
    assert 'aria-invalid="true"' in field.group(0)
    assert "id_work_title_error" in field.group(0)
    assert 'id="id_work_title_error"' in page


def test_errors_are_told_in_chinese_on_chinese_pages(nora: Walker) -> None:
    answer = nora.client.post("/language/", {"language": "zh-hans", "next": "/find/"})
    assert answer["Location"] == "/find/"
    page = nora.client.get("/find/").content.decode()
    assert '<html lang="zh-Hans"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/track/none/", "/notices/draft/none/found/"])
def test_what_is_not_there_is_a_page_with_a_way_on(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'href="/find/"' in answer.content.decode()


def test_too_many_points_are_counted_back(nora: Walker) -> None:
    points = "\n".join(f"point {number}" for number in range(12))
    page = nora.fill("work", {"work_title": "Fox", "points": points}).content.decode()
    assert "You gave 12 points. Keep the 10 that show it best." in page
