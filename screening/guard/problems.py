"""What goes wrong at the guard, as problem documents (RFC 9457). Their readers are engineers."""

from collections.abc import Mapping
from http import HTTPStatus


class Problem(Exception):
    """An answer other than a decision. `errors` maps a JSON pointer to the sentence about that field."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        errors: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = dict(errors or {})
        self.headers = dict(headers or {})

    def document(self, base: str) -> dict[str, object]:
        """The problem document; its type is a page of the installation at `base`."""
        document: dict[str, object] = {
            "type": f"{base}/problems/{self.code}/",
            "title": self.code.replace("-", " ").capitalize(),
            "status": int(self.status),
            "detail": self.detail,
        }
        if self.errors:
            document["errors"] = [
                {"pointer": pointer, "detail": sentence}
                for pointer, sentence in self.errors.items()
            ]
        return document


def unavailable(code: str, detail: str) -> Problem:
    """The guard cannot say; whoever asked must not go on."""
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, code, detail, headers={"Retry-After": "1"})


def invalid(errors: Mapping[str, str]) -> Problem:
    """The request is JSON and says something we do not understand: refused, never waved through."""
    detail = "The prompt check was refused: " + " ".join(errors.values())
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-prompt-check", detail, errors=errors)
