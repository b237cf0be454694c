"""What Django says in Chinese with 你 on pages of ours: named here so that our catalogue says 您 instead.

django-allauth's own Chinese says 您 already. Our catalogue stands before Django's.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SAID_BY_DJANGO: Final[tuple[str | Promise, ...]] = (
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    _("Your password can’t be a commonly used password."),
)
