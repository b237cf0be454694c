"""Step 4: what the other side will see. Nothing is asked; it is shown before anybody signs."""

from django.utils.translation import gettext_lazy as _

from notices.forms.base import StepForm


class OthersForm(StepForm):
    """No fields: the page is a preview."""

    name = "others"
    title = _("What the other side will see")
    short = _("What others see")
