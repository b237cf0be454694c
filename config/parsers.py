"""Reading what the API is sent: JSON that holds only what can be stored."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

# PostgreSQL stores no NUL, and half of a surrogate pair is no character in UTF-8.
_UNFIT: Final = re.compile("[\\x00\\ud800-\\udfff]")


class CarefulJSON(JSONParser):
    """JSON, but for what is too deep or holds characters that no text has."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value. Raises ParseError."""
        try:
            value = super().parse(stream, media_type, parser_context)
            unfit = any(_unfit(text) for text in _texts(value))
        except LookupError as error:
            raise ParseError(_("Send the body as UTF-8.")) from error
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
        if unfit:
            raise ParseError(_("Take out NUL characters and halves of surrogate pairs."))
        return value


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, keys among them. Raises RecursionError."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _unfit(text: str) -> bool:
    return _UNFIT.search(text) is not None
