"""The door for complaints about training: another kind of case, with no items and no measures on items."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.clock import now as read_clock
from common.errors import RedressError
from notices.forms.training import TrainingForm
from notices.languages import tag
from notices.services.submit import submit
from users.models import LinkPurpose, User
from users.services.links import issue_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def training(request: HttpRequest) -> HttpResponse:
    """One page; a press files the complaint and leads to its tracking page. What was typed is never lost."""
    form = TrainingForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            account = request.user.id if isinstance(request.user, User) else None
            try:
                now = read_clock()
                complaint = form.filing(language=tag(get_language()), account_id=account)
                case = submit(complaint, now=now)
                return redirect("track", issue_link(LinkPurpose.TRACK, case_id=case.id, now=now))
            except RedressError as error:
                form.add_error(None, error.message)
                status = error.status
    return render(request, "portal/training.html", {"form": form}, status=status)
