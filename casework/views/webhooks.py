"""Webhook endpoints at the desk: listed, made, changed, switched, their secrets renewed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from casework.forms_webhooks import EndpointForm, filled_in
from casework.presenters.webhooks import EndpointLine, delivery_line, endpoint_lines
from casework.views.attempt import attempt
from casework.views.guard import only, pressed
from casework.views.queue import frame
from common.actors import staff
from common.clock import now
from common.errors import NotFound
from notifications.models import WebhookEndpoint
from notifications.services import endpoints as service
from notifications.states import Disabled
from notifications.webhook_selectors import deliveries, endpoints
from users.models import User
from users.roles import Role

DEVELOPERS: Final = (Role.ENGINEER, Role.ADMINISTRATOR)
LATEST: Final = 10
_DONE: Final[Mapping[str, Promise]] = {
    "enable": gettext_lazy("The endpoint is enabled. What waited is sent now."),
    "disable": gettext_lazy("The endpoint is disabled. What happens now waits for it."),
    "remove": gettext_lazy("The endpoint is removed. Its log stays."),
    "test": gettext_lazy("A test event is on its way; look at the log below."),
}


@require_GET
@only(*DEVELOPERS)
def webhooks(request: HttpRequest, user: User) -> HttpResponse:
    """Every endpoint, with what waits and what failed."""
    context = {"lines": endpoint_lines(list(endpoints())), **frame(user, "webhooks", now())}
    return render(request, "desk/webhooks.html", context)


@require_http_methods(["GET", "POST"])
@only(*DEVELOPERS)
def new(request: HttpRequest, user: User) -> HttpResponse:
    """A new endpoint; its secret is shown in the answer and never again."""
    moment = now()
    form = EndpointForm(request.POST if request.method == "POST" else None)
    made: list[tuple[WebhookEndpoint, str]] = []
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda: made.append(service.create(form.wish(), user=user, now=moment))
        )
    if made:
        return _show_secret(request, user, *made[0])
    context = {"form": form, **frame(user, "webhooks", moment)}
    return render(request, "desk/webhook_new.html", context, status=status or 200)


@require_GET
@only(*DEVELOPERS)
def webhook(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """One endpoint, its latest deliveries, and what may be done."""
    return _render(request, user, _found(id))


@pressed("desk-webhook")
@only(*DEVELOPERS)
def change(request: HttpRequest, user: User, id: UUID) -> HttpResponse:
    """Another name, address or choice of events. What was typed is kept when it cannot be."""
    line, form, moment = _found(id), EndpointForm(request.POST), now()
    status = attempt(form, lambda: service.change(id, form.wish(), user=user, now=moment))
    if status:
        return _render(request, user, line, form, status)
    messages.success(request, _("Changed."))
    return redirect("desk-webhook", id=id)


@require_http_methods(["GET", "POST"])
@only(*DEVELOPERS)
def act(request: HttpRequest, user: User, id: UUID, act: str) -> HttpResponse:
    """Enable, disable, remove, test; or a new secret, which is shown in the answer and never again."""
    line = _found(id)
    if request.method == "GET":
        return redirect("desk-webhook", id=id)
    moment = now()
    if act == "rotate":
        return _show_secret(request, user, line.endpoint, service.rotate(id, user=user, now=moment))
    do = _acts(id, user, moment).get(act)
    if do is None:
        raise Http404
    do()
    messages.success(request, str(_DONE[act]))
    return redirect("desk-webhook", id=id)


def _acts(id: UUID, user: User, moment: datetime) -> dict[str, Callable[[], object]]:
    by = staff(user.id)
    return {
        "enable": lambda: service.enable(id, user=user, now=moment),
        "disable": lambda: service.disable(id, why=Disabled.BY_HAND, actor=by, now=moment),
        "remove": lambda: service.remove(id, user=user, now=moment),
        "test": lambda: service.send_test(id, user=user, now=moment),
    }


def _found(id: UUID) -> EndpointLine:
    row = WebhookEndpoint.objects.select_related("created_by").filter(pk=id).first()
    if row is None:
        raise NotFound(_("There is no such endpoint."))
    return endpoint_lines([row])[0]


def _show_secret(
    request: HttpRequest, user: User, endpoint: WebhookEndpoint, secret: str
) -> HttpResponse:
    context = {"endpoint": endpoint, "secret": secret, **frame(user, "webhooks", now())}
    response = render(request, "desk/webhook_secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _render(
    request: HttpRequest,
    user: User,
    line: EndpointLine,
    form: EndpointForm | None = None,
    status: int = 200,
) -> HttpResponse:
    latest = deliveries(line.endpoint.id)[:LATEST]
    context = {
        "line": line,
        "form": form or filled_in(line.endpoint, line.types),
        "lines": [delivery_line(one) for one in latest],
        **frame(user, "webhooks", now()),
    }
    return render(request, "desk/webhook.html", context, status=status)
