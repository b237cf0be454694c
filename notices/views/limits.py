"""The public page of time limits, generated from the packs in force here."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from common.clock import now as read_clock
from notices.presenters.limits import published
from regimes.loader import in_force


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """How soon we do what, by which law, and which figures are our own."""
    now = read_clock()
    packs = [in_force(pack_id, now) for pack_id in settings.REGIMES]
    shown = published(packs, get_language() or "en")
    return render(request, "portal/limits.html", {"regimes": shown})
