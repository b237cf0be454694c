"""The filer complains about the refusal of their notice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.clock import now
from counternotices.forms import ComplaintForm
from counternotices.presenters.clocks import TO_FILER, told
from counternotices.services.complaints import complainable, file_complaint
from counternotices.services.windows import closed_words, filer_window
from notices.access import case_by_link
from notices.languages import tag
from notices.views.track import filer_of
from users.models import LinkPurpose


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, token: str) -> HttpResponse:
    """One text; a person who did not decide answers it. Too late, the page says since when and why."""
    moment = now()
    case, _link = case_by_link(token, LinkPurpose.TRACK, now=moment)
    regimes = complainable(case)
    if not regimes:
        messages.info(
            request, _("There is nothing to complain about, or you have done so already.")
        )
        return redirect("track", token)
    window = filer_window(regimes[0])
    if window is not None and moment >= window.due_at:
        late = {"sentences": [closed_words(window)], "clocks": told([window], TO_FILER)}
        return render(
            request, "counter/late.html", {"case": case, "token": token, "back": "track", **late}
        )
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        grounds, language = form.cleaned_data["grounds"], tag(get_language())
        file_complaint(regimes[0].id, grounds, language, actor=filer_of(case), now=moment)
        messages.success(request, _("We have your complaint. A confirmation was sent to you."))
        return redirect("track", token)
    context = {
        "case": case,
        "token": token,
        "form": form,
        "clocks": told([window], TO_FILER) if window else [],
    }
    return render(request, "counter/complain.html", context, status=422 if form.is_bound else 200)
