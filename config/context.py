"""What every page knows about the house it belongs to."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language

from users.languages import TAGS


class House(TypedDict):
    """`language` is the BCP 47 tag of the page, `others` the languages it can be switched to."""

    operator: str
    product: str | Promise
    demo: bool
    language: str
    others: list[tuple[str, str, str]]


def house(request: HttpRequest) -> dict[str, House]:
    """The operator's name in the page's language, the product's name, and the languages."""
    code = get_language() or settings.LANGUAGE_CODE
    tag = TAGS.get(code, "en")
    return {
        "house": {
            "operator": settings.OPERATOR_NAME[tag],
            "product": settings.PRODUCT_NAME,
            "demo": settings.DEMO,
            "language": tag,
            "others": [
                (other, TAGS[other], name) for other, name in settings.LANGUAGES if other != code
            ],
        }
    }
