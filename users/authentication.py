"""Keys for the API: `Authorization: Bearer <token>`."""

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from users.models import AccessToken, User
from users.tokens import digest


class TokenAuthentication(BaseAuthentication):
    """Finds the person behind a key; revoked keys and closed accounts are refused alike."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """The person and their key, or None when no key was sent. Raises AuthenticationFailed."""
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != "bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("Send the key as: Authorization: Bearer <key>."))
        token = (
            AccessToken.objects.select_related("user")
            .filter(token_hash=digest(words[1]), revoked_at=None, user__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed(_("This key is not known or has been revoked."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 answer asks for."""
        return "Bearer"
