"""Finding a notice again: always the same answer, then a link that opens once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.clock import now as read_clock
from common.errors import NotFound
from common.jobs import enqueue
from notices.forms.find import FindForm
from notices.languages import tag
from users.models import LinkPurpose
from users.services.links import issue_link, open_link, use_once


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for reference and e-mail. The worker looks: neither words nor time tell who filed what."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        enqueue("notices.send_find_link", data["reference"], data["email"], tag(get_language()))
        return redirect("find-sent")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "portal/find.html", {"form": form}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The one answer, whoever asked for whatever."""
    return render(request, "portal/find_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find_open(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, because mail scanners follow links; the press spends the link."""
    now = read_clock()
    if request.method == "POST":
        link = use_once(token, now=now)
        if link is not None:
            return redirect("track", issue_link(LinkPurpose.TRACK, case_id=link.case_id, now=now))
    elif open_link(token, LinkPurpose.FIND, now=now) is not None:
        return render(request, "portal/find_open.html")
    raise NotFound(_("This link was used before or is older than 15 minutes. Ask for a new one."))
