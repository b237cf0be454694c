"""Reasons in two languages become one text of the ledger."""

from notices.services.reasons import as_payload


def test_each_language_stands_under_its_tag_in_the_order_of_the_tags() -> None:
    reasons = {"zh-Hans": "构成实质性相似。", "en": "It is substantially similar."}
    told = "[en] It is substantially similar.\n\n[zh-Hans] 构成实质性相似。"
    assert as_payload(reasons) == told.encode()
