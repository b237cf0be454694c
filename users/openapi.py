"""How the API's own description speaks of keys."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class BearerKey(OpenApiAuthenticationExtension):
    """A key of `users.authentication`, sent as `Authorization: Bearer`."""

    target_class = "users.authentication.TokenAuthentication"
    name = "accessKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The OpenAPI security scheme."""
        return {"type": "http", "scheme": "bearer"}
