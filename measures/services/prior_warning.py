"""A warning comes first where the law wants one (Regulation 2022/2065 art. 23(1))."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.errors import NotWarned
from measures.rules import Family, Level
from measures.services.orders import Order
from measures.standing_selectors import warned_before
from notices.models import Case, CaseRegime
from notices.services.regimes import pack_of


def require_warned(order: Order, case: Case, regimes: Sequence[CaseRegime]) -> None:
    """Raise NotWarned for more than a warning, where a law of these regimes wants one first and none came.

    It has to have reached the user before this case's notice was filed, and not have been taken back.
    """
    if order.family != Family.USER_SANCTION or order.level == Level.WARN:
        return
    strict = [pack for pack in map(pack_of, regimes) if pack.repeat_policy.prior_warning]
    person = order.platform_user
    if not strict or person is None or warned_before(person.id, case.filed_at):
        return
    raise NotWarned(
        _(
            "%(law)s wants a warning first: warn %(handle)s now, and go further only on the occasion "
            "of a notice that was filed after the warning was told."
        )
        % {
            "law": strict[0].title.in_language(get_language() or "en"),
            "handle": person.handle or person.external_id,
        }
    )
