"""The log of deliveries at the desk: filtered, one in full with every try, and sent once more."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.presenters.webhooks import delivery_line, delivery_page
from casework.typed_ids import as_uuid
from casework.views.guard import only, pressed
from casework.views.queue import frame
from casework.views.webhooks import DEVELOPERS
from common.clock import now
from common.errors import NotFound
from common.paging import page_number
from notifications.models import WebhookDelivery
from notifications.services import endpoints as service
from notifications.states import DELIVERY_NAMES
from notifications.webhook_selectors import attempts, deliveries, endpoints
from users.models import User

ROWS: Final = 50


@require_GET
@only(*DEVELOPERS)
def log(request: HttpRequest, user: User) -> HttpResponse:
    """One page, the newest first, of one endpoint and in one state if they are named."""
    endpoint, state = as_uuid(request.GET.get("endpoint", "")), request.GET.get("state", "")
    page = page_number(request.GET.get("page"))
    first = (page - 1) * ROWS
    rows = list(deliveries(endpoint, state)[first : first + ROWS + 1])
    context = {
        "lines": [delivery_line(one) for one in rows[:ROWS]],
        "page": page,
        "more": len(rows) > ROWS,
        "endpoints": list(endpoints()),
        "endpoint": endpoint,
        "states": [(str(key), name) for key, name in DELIVERY_NAMES.items()],
        "state": state if state in set(DELIVERY_NAMES) else "",
        **frame(user, "webhooks", now()),
    }
    return render(request, "desk/deliveries.html", context)


@require_GET
@only(*DEVELOPERS)
def delivery(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One delivery with what is sent, and every try with its answer."""
    row = WebhookDelivery.objects.select_related("endpoint", "entry").filter(pk=id).first()
    if row is None:
        raise NotFound(_("There is no such delivery."))
    page = delivery_page(row, list(attempts(row)))
    return render(request, "desk/delivery.html", {"page": page, **frame(user, "webhooks", now())})


@pressed("desk-delivery")
@only(*DEVELOPERS)
def resend(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """The same bytes once more, under the same webhook-id."""
    service.resend(id, user=user, now=now())
    messages.success(request, _("Sent once more, under the same webhook-id."))
    return redirect("desk-delivery", id=id)
