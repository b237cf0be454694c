"""What chosen measures would touch, asked of the platform before anybody orders them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from measures.rules import Family, Level
from measures.services.orders import Order
from platforms.client import PlatformClient
from platforms.contract import BlastRadius, NotOffered, PlatformError, TargetNotFound
from platforms.models import Artefact

# Each is a call to the platform while somebody waits for the page.
MOST_ASKED: Final = 40


@dataclass(frozen=True)
class Reach:
    """One measure that was chosen, and how far it would go; `radius` is None where `why_not` says why."""

    family: str
    target: str
    radius: BlastRadius | None
    why_not: str = ""


@dataclass(frozen=True)
class Reaches:
    """Everything that was asked, and how many chosen measures were not asked about."""

    lines: list[Reach]
    left_out: int = 0


def would_touch(orders: Iterable[Order], client: PlatformClient) -> Reaches:
    """Ask the platform for each chosen measure on an artefact or a user; a block of terms touches neither.

    Nothing is ordered. Asks the platform, so never inside a transaction. What it does not answer is said
    on its line; once it cannot be reached, the rest is not asked either.
    """
    chosen = {_key(order): order for order in orders if order.family != Family.PROMPT_BLOCK}
    lines: list[Reach] = []
    for order in list(chosen.values())[:MOST_ASKED]:
        try:
            lines.append(_ask(order, client))
        except PlatformError:
            lines.append(
                _line(order, None, _("The service did not answer. Try again in a moment."))
            )
            break
    return Reaches(lines, len(chosen) - len(lines))


def _ask(order: Order, client: PlatformClient) -> Reach:
    target = order.target()
    assert target is not None, "blocks of terms were left out"
    kind = "artefact" if isinstance(target, Artefact) else "user"
    try:
        return _line(order, client.preview(order.family, kind, target.external_id))
    except NotOffered:
        return _line(order, None, _("This service does not say."))
    except TargetNotFound:
        return _line(order, None, _("Not found on the service."))
    except PlatformError as error:
        if not error.permanent:
            raise
        return _line(order, None, _("The service refused to say."))


def _line(order: Order, radius: BlastRadius | None, why_not: str = "") -> Reach:
    target = order.target()
    level = f" · {Level(order.level).label}" if order.level else ""
    name = target.external_id if target else ""
    return Reach(f"{Family(order.family).label}{level}", name, radius, why_not)


def _key(order: Order) -> tuple[str, str, str]:
    target = order.target()
    return order.family, order.level, str(target.id) if target else ""
