"""The mark check: which marks of a picture survive what commonly happens to pictures. Nothing is stored."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.forms_marks import MarkForm
from casework.presenters.marks import Result, result
from casework.views.guard import only
from casework.views.queue import frame
from common.clock import now
from screening.marks.check import check
from screening.prints.errors import PictureTooLarge, UnreadablePicture
from users.models import User
from users.roles import CASEWORKERS, Role

CHECKERS: Final = (*CASEWORKERS, Role.ENGINEER)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*CHECKERS)
def mark_check(request: HttpRequest, user: User) -> HttpResponse:
    """The form, and above it the table of the picture that was sent."""
    form = MarkForm(request.POST, request.FILES) if request.method == "POST" else MarkForm()
    found = _checked(form) if form.is_bound and form.is_valid() else None
    context = {"form": form, "result": found, **frame(user, "marks", now())}
    status = 422 if form.is_bound and found is None else 200
    return render(request, "desk/marks.html", context, status=status)


def _checked(form: MarkForm) -> Result | None:
    sent = form.cleaned_data["picture"]
    try:
        return result(sent.name, check(sent.read(), form.cleaned_data["mark"]))
    except PictureTooLarge:
        form.add_error("picture", _("The picture has too many pixels. Choose a smaller one."))
    except UnreadablePicture:
        form.add_error(
            "picture", _("This is no picture that can be checked: choose a PNG, JPEG or WebP.")
        )
    return None
