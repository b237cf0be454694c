"""What the guard's answers mean here: who goes on, and in which words everybody else is refused."""

from typing import Any

from sandbox import guard, notes
from sandbox.drawing import Drawing, keep
from sandbox.problems import Problem
from sandbox.settings import Settings
from sandbox.store import Store
from sandbox.wanted import Request

SURFACE = "text_to_image"
RETRY_SECONDS = 5


def asked(wanted: Request, settings: Settings) -> guard.Verdict:
    """What the guard says of a prompt that it does not block. Raises Problem 403 for its no, 503 when it says nothing."""
    question = guard.Question(
        wanted.prompt, wanted.negative_prompt, wanted.user, SURFACE, wanted.confirmation
    )
    try:
        verdict = guard.ask(question, settings)
    except guard.GuardUnavailable as error:
        detail = f"The prompt could not be checked, so nothing was generated ({error}). Try again shortly."
        raise Problem(
            503, "guard-unavailable", "Prompt check unavailable", detail, retry_after=RETRY_SECONDS
        ) from error
    if verdict.decision == "block":
        detail = verdict.user_message.get("en") or "This prompt cannot be used here."
        raise Problem(403, "prompt-blocked", "Prompt blocked", detail, **_told(verdict))
    return verdict


def require_confirmed(verdict: guard.Verdict) -> None:
    """Raises Problem 409 with a token for a warning that the user has not confirmed, or not so that it counts.

    A warning without a token (an older guard) cannot be confirmed: it is shown with the result.
    """
    if verdict.decision != "warn" or verdict.confirmation is None:
        return
    detail = verdict.user_message.get("en") or "The user must confirm this prompt first."
    raise Problem(
        409,
        "confirmation-needed",
        "Confirmation needed",
        detail,
        confirmation=verdict.confirmation,
        **_told(verdict),
    )


def require_deliverable(db: Store, drawing: Drawing, settings: Settings) -> None:
    """Has the guard look at what was drawn. Raises Problem 403 when it is not to be delivered, 503 when it says nothing.

    What it wants a person to look at is kept where only Redress sees it: the person must have it before their eyes.
    """
    picture = guard.Picture(drawing.content, drawing.new.owner, SURFACE, drawing.new.id)
    try:
        verdict = guard.look(picture, settings)
    except guard.GuardUnavailable as error:
        detail = f"The picture could not be checked, so it was not delivered ({error}). Try again shortly."
        title = "Output check unavailable"
        raise Problem(
            503, "output-guard-unavailable", title, detail, retry_after=RETRY_SECONDS
        ) from error
    if verdict.decision == "block":
        detail = verdict.user_message.get("en") or (
            "The picture was not delivered: it is a file that was removed after a notice."
        )
        raise Problem(403, "output-blocked", "Output blocked", detail, **_told(verdict))
    if verdict.decision == "review":
        keep(db, drawing, hidden=True)
        detail = verdict.user_message.get("en") or (
            "The picture was not delivered: it resembles a protected work, and a person looks at it."
        )
        raise Problem(403, "output-held", "Output held back", detail, **_told(verdict))


def _told(verdict: guard.Verdict) -> dict[str, Any]:
    """What every refusal says beside its sentence."""
    return {
        "user_message": verdict.user_message,
        "reference": verdict.reference,
        "appeal_url": verdict.appeal_url or None,
        "notices": notes.usable(verdict.notices),
    }
