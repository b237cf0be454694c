"""What people do with webhook endpoints. Each act is written into the endpoint's own chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.actors import Actor, staff
from common.errors import NotFound
from common.transactions import lock
from evidence import ledger
from evidence.chain import Chain, Fact
from evidence.models import LedgerEntry
from notifications import event_types, vault
from notifications.endpoint_urls import checked
from notifications.errors import BadEndpoint, EndpointMovedOn
from notifications.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from notifications.signing import new_secret
from notifications.states import DeliveryState, Disabled, EndpointState
from notifications.webhook_rules import OVERLAP
from users.models import User


@dataclass(frozen=True)
class Wish:
    """What an endpoint shall be: its address, a name for people, and public event types; none stands for all."""

    url: str
    name: str
    types: tuple[str, ...] = ()


@transaction.atomic
def create(wish: Wish, *, user: User, now: datetime) -> tuple[WebhookEndpoint, str]:
    """A new endpoint that hears of everything committed from now on, and its secret, shown this once.

    Ledger: endpoint.created. Raises BadEndpoint.
    """
    content = _content(wish)
    endpoint = WebhookEndpoint.objects.create(**content, created_by=user, created_at=now)
    _record(endpoint, "endpoint.created", staff(user.id), now, _about(endpoint))
    return endpoint, _new_secret(endpoint, now)


@transaction.atomic
def change(endpoint_id: UUID, wish: Wish, *, user: User, now: datetime) -> WebhookEndpoint:
    """Another name, address or choice of events; what waits goes to the new address. Raises BadEndpoint,
    NotFound, and EndpointMovedOn for a removed one. Ledger: endpoint.changed."""
    endpoint, content = held(endpoint_id), _content(wish)
    if endpoint.state == EndpointState.REMOVED:
        raise _moved_on()
    for field, value in content.items():
        setattr(endpoint, field, value)
    endpoint.save(update_fields=[*content])
    _record(endpoint, "endpoint.changed", staff(user.id), now, _about(endpoint))
    return endpoint


@transaction.atomic
def disable(endpoint_id: UUID, *, why: Disabled, actor: Actor, now: datetime) -> WebhookEndpoint:
    """Send nothing until it is enabled again; what happens meanwhile waits. Ledger: endpoint.disabled."""
    endpoint = held(endpoint_id)
    _step(endpoint, "disable", disabled_because=str(why), disabled_at=now)
    _record(endpoint, "endpoint.disabled", actor, now, {"why": str(why)})
    return endpoint


@transaction.atomic
def enable(endpoint_id: UUID, *, user: User, now: datetime) -> WebhookEndpoint:
    """Send again, first what waited. Ledger: endpoint.enabled."""
    endpoint = held(endpoint_id)
    _step(endpoint, "enable", disabled_because="", disabled_at=None)
    _waiting(endpoint).update(next_try=now, failures=0)
    _record(endpoint, "endpoint.enabled", staff(user.id), now, {})
    return endpoint


@transaction.atomic
def remove(endpoint_id: UUID, *, user: User, now: datetime) -> WebhookEndpoint:
    """Take it away for good and give up what waits. The log stays. Ledger: endpoint.removed."""
    endpoint = held(endpoint_id)
    why = endpoint.disabled_because or str(Disabled.BY_HAND)
    _step(endpoint, "remove", disabled_because=why, disabled_at=endpoint.disabled_at or now)
    given_up = _waiting(endpoint).update(
        state=DeliveryState.FAILED, next_try=None, claimed_until=None, settled_at=now
    )
    WebhookSecret.objects.filter(endpoint=endpoint, ends_at=None).update(ends_at=now)
    _record(endpoint, "endpoint.removed", staff(user.id), now, {"given_up": given_up})
    return endpoint


@transaction.atomic
def rotate(endpoint_id: UUID, *, user: User, now: datetime) -> str:
    """A new secret, shown this once. The old one signs beside it for webhook_rules.OVERLAP.

    Ledger: endpoint.secret_rotated. Raises EndpointMovedOn for a removed endpoint.
    """
    endpoint = held(endpoint_id)
    if endpoint.state == EndpointState.REMOVED:
        raise _moved_on()
    WebhookSecret.objects.filter(endpoint=endpoint, ends_at=None).update(ends_at=now + OVERLAP)
    facts: dict[str, Fact] = {"old_ends_at": (now + OVERLAP).isoformat()}
    _record(endpoint, "endpoint.secret_rotated", staff(user.id), now, facts)
    return _new_secret(endpoint, now)


@transaction.atomic
def send_test(endpoint_id: UUID, *, user: User, now: datetime) -> WebhookDelivery:
    """Queue the event `endpoint.tested` for this endpoint alone. Ledger: endpoint.tested."""
    endpoint = held(endpoint_id)
    if endpoint.state != EndpointState.ENABLED:
        raise _moved_on()
    entry = _record(endpoint, "endpoint.tested", staff(user.id), now, {})
    return WebhookDelivery.objects.create(
        endpoint=endpoint,
        entry=entry,
        event=entry.event,
        chain_kind=entry.chain_kind,
        chain_id=entry.chain_id,
        sequence=entry.sequence,
        queued_at=now,
        next_try=now,
    )


@transaction.atomic
def resend(delivery_id: UUID, *, user: User, now: datetime) -> WebhookDelivery:
    """Send an event once more, the same bytes under the same webhook-id, beside the order of its case.

    Ledger: delivery.resent. Raises NotFound, and EndpointMovedOn while it still waits or the endpoint is removed.
    """
    found = WebhookDelivery.objects.filter(pk=delivery_id).first()
    if found is None:
        raise NotFound(_("There is no such delivery."))
    endpoint = held(found.endpoint_id)
    delivery = WebhookDelivery.objects.select_for_update().get(pk=delivery_id)
    if endpoint.state == EndpointState.REMOVED or not can_proceed(delivery.resend):
        raise _moved_on()
    delivery.resend()
    delivery.next_try, delivery.settled_at = now, None
    delivery.failures, delivery.resent = 0, True
    delivery.save(update_fields=["state", "next_try", "settled_at", "failures", "resent"])
    facts: dict[str, Fact] = {"delivery": str(delivery.id), "event": delivery.event}
    _record(endpoint, "delivery.resent", staff(user.id), now, facts)
    return delivery


def held(endpoint_id: UUID) -> WebhookEndpoint:
    """The endpoint, its chain and its row ours until the transaction ends. Raises NotFound.

    The row's lock lets the ledger's trigger pass, which only points at it.
    """
    lock("endpoint", endpoint_id)
    found = WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=endpoint_id).first()
    if found is None:
        raise NotFound(_("There is no such endpoint."))
    return found


def secrets_in_force(endpoint: WebhookEndpoint, now: datetime) -> list[str]:
    """The secrets that sign at `now`, the newest first. Raises vault.Unreadable."""
    rows = WebhookSecret.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), endpoint=endpoint)
    newest_first = rows.order_by("-created_at", "-id").values_list("sealed", flat=True)
    return [vault.unseal(sealed) for sealed in newest_first]


def _content(wish: Wish) -> dict[str, object]:
    name = " ".join(wish.name.split())
    if not name or len(name) > 100:
        sentence = _("Give the endpoint a name of at most 100 characters.")
        raise BadEndpoint(sentence, fields={"name": sentence})
    unknown = sorted(set(wish.types) - event_types.TYPES.keys())
    if unknown:
        sentence = _("There is no such event type: %(types)s.") % {"types": ", ".join(unknown)}
        raise BadEndpoint(sentence, fields={"types": sentence})
    events = sorted(event_types.TYPES[one].event for one in wish.types)
    return {"url": checked(wish.url), "name": name, "events": events}


def _new_secret(endpoint: WebhookEndpoint, now: datetime) -> str:
    secret = new_secret()
    WebhookSecret.objects.create(endpoint=endpoint, sealed=vault.seal(secret), created_at=now)
    return secret


def _step(endpoint: WebhookEndpoint, name: str, **changes: object) -> None:
    """The one door to an endpoint's state. Raises EndpointMovedOn."""
    transition = getattr(endpoint, name)
    if not can_proceed(transition):
        raise _moved_on()
    transition()
    for field, value in changes.items():
        setattr(endpoint, field, value)
    endpoint.save(update_fields=["state", *changes])


def _waiting(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING)


def _about(endpoint: WebhookEndpoint) -> dict[str, Fact]:
    """An address may hold a key of the receiver's: the ledger keeps its host alone."""
    return {"host": urlsplit(endpoint.url).hostname or "", "events": endpoint.events}


def _record(
    endpoint: WebhookEndpoint, event: str, actor: Actor, now: datetime, facts: Mapping[str, Fact]
) -> LedgerEntry:
    chain = Chain("endpoint", endpoint.id)
    return ledger.append(chain, event, actor=actor, at=now, facts=facts)


def _moved_on() -> EndpointMovedOn:
    return EndpointMovedOn(_("This is not possible any more. Reload the page and look again."))
