"""Step 2: the work, the proof, and what is the same."""

from typing import ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notices.forms.base import Paper, StepForm, lines
from notices.models import FileRole
from notices.vocabulary import WorkKind

MOST_POINTS: Final = 10
LONGEST_POINT: Final = 500


class WorkForm(StepForm):
    """Which work, where it was published, and the points of similarity."""

    name = "work"
    title = _("Your work")
    short = _("Your work")
    advised = ("work_published_at", "points", "explanation")
    papers: ClassVar[tuple[Paper, ...]] = (
        Paper(
            FileRole.WORK,
            _("The work itself"),
            _("A picture or file to compare with. Needed if the work was never published."),
        ),
        Paper(
            FileRole.RIGHT_PROOF,
            _("Proof that it is yours"),
            _(
                "Any one of these: registration certificate, source file or draft, trusted timestamp, "
                "contract, the publication with your signature."
            ),
            advised=True,
        ),
    )

    work_title = forms.CharField(
        label=_("Title of the work"),
        max_length=300,
        help_text=_("The name it is known by. If it has none, describe it in a few words."),
        error_messages={"required": _("Enter the title of the work.")},
    )
    work_kind = forms.ChoiceField(
        label=_("What kind of work is it?"),
        required=False,
        choices=WorkKind.choices,
        widget=forms.RadioSelect,
    )
    work_published_at = forms.CharField(
        label=_("Where was it first published?"),
        required=False,
        max_length=500,
        help_text=_("A link, or the book, exhibition or channel and the year."),
    )
    unpublished = forms.BooleanField(
        label=_("It was never published"),
        required=False,
        help_text=_("Then upload the work below."),
    )
    work_description = forms.CharField(
        label=_("What should we know about the work? (optional)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    points = forms.CharField(
        label=_("Points of similarity"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What is the same in your work and in what you found? One point on each line, at most ten. "
            "For example: mask with three red strokes, notch at the left eye."
        ),
    )
    explanation = forms.CharField(
        label=_("Why is this use not allowed?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "For example: I gave no licence, and the picture follows mine in every detail."
        ),
    )

    def clean_points(self) -> str:
        """At most ten lines, none too long."""
        text: str = self.cleaned_data["points"]
        found = lines(text)
        if len(found) > MOST_POINTS:
            raise ValidationError(
                gettext("You gave %(count)d points. Keep the %(most)d that show it best.")
                % {"count": len(found), "most": MOST_POINTS}
            )
        for number, line in enumerate(found, start=1):
            if len(line) > LONGEST_POINT:
                raise ValidationError(
                    gettext("Point %(number)d is longer than %(most)d characters. Make two of it.")
                    % {"number": number, "most": LONGEST_POINT}
                )
        return text
