"""docs/permissions.md, from the table. `python -m tests.permissions.document` writes it."""

from collections.abc import Iterable

from django.urls import get_resolver

from tests.database import ROOT
from tests.permissions.table import (
    ACCOUNTS,
    API,
    DESK,
    HOLDERS,
    LINKS,
    PORTAL,
    ROLES,
    Row,
)

PLACE = ROOT / "docs" / "permissions.md"
HEAD = """# Permissions

Every address of the house and who may open it. Written from `tests/permissions/table.py` by
`python -m tests.permissions.document`; the tests ask for every address as everybody named here and compare.

- **yes**: opened, or answered as the state of the case then asks (a case that is decided cannot be claimed).
- **sign in**: led to the sign-in page; the API answers 401.
- **no**: refused (403). **hidden**: 404, as if there were no such thing.

The affected user needs no account: their link opens their page. Eve is a right holder who has filed nothing.
"""


def addresses() -> dict[str, str]:
    """Every address of the house by its name."""
    return dict(_walk(get_resolver(), "/"))


def _walk(resolver: object, prefix: str) -> Iterable[tuple[str, str]]:
    for one in resolver.url_patterns:  # type: ignore[attr-defined]
        address = prefix + str(one.pattern).lstrip("^").rstrip("$")
        if hasattr(one, "url_patterns"):
            yield from _walk(one, address)
        else:
            yield one.name, address


def markdown() -> str:
    """The document."""
    places = addresses()
    sections = [
        ("Portal", "The doors that are open.", PORTAL, ROLES),
        (
            "By link",
            "Nobody needs an account, and an account opens nothing more. A link of another case opens that case alone.",
            LINKS,
            HOLDERS,
        ),
        ("Desk", "For the operator's own people.", DESK, ROLES),
        ("API", "With `Authorization: Bearer`, the key of an account in that role.", API, ROLES),
        ("Accounts", "Sign-in, password and second factor, by django-allauth.", ACCOUNTS, ROLES),
    ]
    return HEAD + "".join(_section(*section, places) for section in sections)


def _section(
    title: str, about: str, rows: Iterable[Row], columns: tuple[str, ...], places: dict[str, str]
) -> str:
    head = f"\n## {title}\n\n{about}\n\n| address | method | {' | '.join(columns)} |\n"
    lines = [
        f"| `{places[row.name]}` | {row.method.upper()} | "
        f"{' | '.join(row.who[column] for column in columns)} |\n"
        for row in rows
    ]
    return head + f"|---|---|{'---|' * len(columns)}\n" + "".join(lines)


if __name__ == "__main__":
    PLACE.write_text(markdown(), encoding="utf-8")
