"""One step of a notice at a time: kept at every press, shown again with its errors, never lost."""

from io import BytesIO

import qrcode
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from common.clock import now as read_clock
from common.jobs import enqueue
from notices.forms.base import StepForm, initial
from notices.forms.others import OthersForm
from notices.forms.steps import BY_NAME, after, before, marks
from notices.forms.you import YouForm
from notices.languages import tag
from notices.models import Draft
from notices.presenters.disclosure import Seen
from notices.presenters.draft_preview import draft_preview
from notices.services import drafts
from notices.views import draft_files
from notices.views.draft_files import Problem


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Show a step, or keep what was sent and go where the pressed button leads."""
    if name not in BY_NAME:
        raise Http404
    draft = drafts.open_draft(token)
    if draft.case_id is not None:
        return redirect("draft-sent", token)
    if request.method == "POST":
        return _kept(request, draft, token, name)
    shown = BY_NAME[name](read_clock(), initial=_first_values(request, draft, name))
    return _page(request, draft, token, shown, [])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """The link to come back by: as text, as a QR code, and on a press by e-mail if we know where to."""
    draft = drafts.open_draft(token)
    email = YouForm.address(draft.answers.get("you", {}))
    if request.method == "POST" and email:
        enqueue("notices.send_draft_link", token, email, tag(get_language()))
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": email})
        return redirect("draft-saved", token)
    link = settings.PUBLIC_URL + reverse("draft-resume", args=[token])
    return render(request, "portal/saved.html", {"link": link, "token": token, "email": email})


@never_cache
@require_safe
def qr(request: HttpRequest, token: str) -> HttpResponse:
    """The draft's link as a picture for a telephone."""
    drafts.open_draft(token)
    picture = BytesIO()
    link = settings.PUBLIC_URL + reverse("draft-resume", args=[token])
    qrcode.make(link, image_factory=SvgPathImage, border=2).save(picture)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Lead back to the first step that is not complete, or to the check page."""
    draft = drafts.open_draft(token)
    for mark in marks(draft, ""):
        if not mark.done:
            return redirect("draft-step", token, mark.name)
    return redirect("draft-check", token)


def _kept(request: HttpRequest, draft: Draft, token: str, name: str) -> HttpResponse:
    now = read_clock()
    form = BY_NAME[name](now, request.POST)
    draft = drafts.keep_answers(draft.id, name, form.typed(), now=now)
    problems = draft_files.take(draft, form.papers, request, now=now)
    if wanted := request.POST.get("remove"):
        draft_files.remove(draft, wanted)
    if not problems and (leads := _leads_to(request, form, token)):
        return redirect(leads)
    return _page(request, draft, token, form, problems)


def _leads_to(request: HttpRequest, form: StepForm, token: str) -> str | None:
    """Where the pressed button leads, None when the step has to be shown again with its errors."""
    if "remove" in request.POST or "upload" in request.POST:
        return reverse("draft-step", args=[token, form.name]) + "#papers"
    if "later" in request.POST:
        return reverse("draft-saved", args=[token])
    if not form.is_valid():
        return None
    following = after(form.name)
    if following is None or "check" in request.GET:
        return reverse("draft-check", args=[token])
    return reverse("draft-step", args=[token, following])


def _page(
    request: HttpRequest, draft: Draft, token: str, form: StepForm, problems: list[Problem]
) -> HttpResponse:
    context = {
        "draft": draft,
        "token": token,
        "form": form,
        "problems": problems,
        "shelves": draft_files.shelves(draft, form.papers, problems),
        "marks": marks(draft, form.name),
        "before": before(form.name),
        "seen": _seen(draft, form),
        "upload_limit": settings.UPLOAD_MAX_BYTES,
    }
    wrong = bool(problems) or (form.is_bound and bool(form.errors))
    return render(request, f"portal/step_{form.name}.html", context, status=422 if wrong else 200)


def _seen(draft: Draft, form: StepForm) -> list[Seen]:
    shown = form.name == OthersForm.name
    return draft_preview(draft, get_language() or "en", form.at) if shown else []


def _first_values(request: HttpRequest, draft: Draft, name: str) -> dict[str, object]:
    """What was kept; else what the account already knows of the person."""
    if name in draft.answers:
        return dict(initial(BY_NAME[name], draft.answers[name]))
    if name == "you" and draft.account is not None:
        return {"filer_name": draft.account.name, "filer_email": draft.account.email}
    return {}
