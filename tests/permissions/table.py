"""Who may open what: one row for each address of the house. docs/permissions.md is written from this table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Answer(StrEnum):
    """What somebody gets who asks for an address."""

    YES = "yes"  # the page, or what the state of things then answers
    SIGN_IN = "sign in"  # led to the sign-in page; 401 in the API
    NO = "no"  # refused: 403
    HIDDEN = "hidden"  # 404, as if there were no such thing


ROLES: Final = (
    "anonymous",
    "right holder",
    "eve",
    "reviewer",
    "approver",
    "legal",
    "engineer",
    "administrator",
)
# The right holder of the case; Eve, a right holder too, has filed nothing.
HOLDERS: Final = ("own link", "link of another case", "link of the other party", "no such link")

Y, S, N, H = Answer.YES, Answer.SIGN_IN, Answer.NO, Answer.HIDDEN


def _roles(*answers: Answer) -> dict[str, Answer]:
    return dict(zip(ROLES, answers, strict=True))


EVERYBODY: Final = _roles(Y, Y, Y, Y, Y, Y, Y, Y)
SIGNED_IN: Final = _roles(S, Y, Y, Y, Y, Y, Y, Y)
NOBODY: Final = _roles(H, H, H, H, H, H, H, H)
CASEWORK: Final = _roles(S, N, N, Y, Y, Y, N, N)
APPROVE: Final = _roles(S, N, N, N, Y, N, N, N)
BOARD: Final = _roles(S, N, N, Y, Y, Y, Y, N)
TICKET: Final = _roles(S, N, N, N, N, N, Y, N)
STAFF: Final = _roles(S, N, N, Y, Y, Y, Y, Y)
WRITE: Final = _roles(S, N, N, N, N, Y, N, N)
SECOND: Final = _roles(S, N, N, N, Y, Y, N, N)
SWITCH: Final = _roles(S, N, N, N, N, Y, N, Y)
DEVELOPERS: Final = _roles(S, N, N, N, N, N, Y, Y)
# Keys are ended by whoever holds them; here nobody does.
NOT_MINE: Final = _roles(S, N, N, H, H, H, H, H)
# What an administrator put forward is agreed to by legal alone.
AGREE: Final = _roles(S, N, N, N, N, Y, N, N)
READERS: Final = _roles(S, N, N, Y, Y, Y, N, Y)
LOADERS: Final = _roles(S, N, N, N, N, Y, N, Y)
FILE: Final = _roles(S, Y, Y, Y, Y, Y, N, N)
OWN_CASE: Final = _roles(S, Y, H, Y, Y, Y, H, H)
# None of them has set up a second factor, so there is none to look at.
NO_FACTOR: Final = _roles(S, H, H, H, H, H, H, H)
LINK: Final = dict(zip(HOLDERS, (Y, H, H, H), strict=True))
# A link of another case opens that case and shows nothing of this one.
LINK_ALONE: Final = dict(zip(HOLDERS, (Y, Y, H, H), strict=True))


@dataclass(frozen=True)
class Row:
    """One address, by its name in the URL configuration; `what` names things of the world in its arguments."""

    name: str
    who: Mapping[str, Answer]
    method: str = "get"
    what: Mapping[str, str] | None = None


CASE: Final = {"reference": "case"}
HELD: Final = {"reference": "held case"}
COUNTER: Final = {"reference": "counter"}
COURT: Final = {"reference": "court order"}
COMPLAINT: Final = {"reference": "complaint"}
MEASURE: Final = {"id": "measure"}
APPEAL: Final = {"id": "appeal"}
LADDER: Final = {"id": "ladder"}
PERSON: Final = {"id": "person"}
OPEN_TICKET: Final = {"id": "ticket"}
UPSTREAM: Final = {"id": "measure", "request_id": "upstream"}
CARRY: Final = {"id": "letter to carry"}
MATCH: Final = {"id": "match"}
CLOCK: Final = {"id": "clock"}
TEXT: Final = {"id": "text"}
WEBHOOK: Final = {"id": "webhook"}
WEBHOOK_ACT: Final = {"id": "webhook", "act": "act"}
DELIVERY: Final = {"id": "delivery"}
DRAFT: Final = {"token": "draft link"}
TRACK: Final = {"token": "track link"}
ANSWER: Final = {"token": "answer link"}

PORTAL: Final = (
    Row("home", EVERYBODY),
    Row("received", EVERYBODY),
    Row("limits", EVERYBODY),
    Row("notice-new", EVERYBODY),
    Row("training-new", EVERYBODY),
    Row("find", EVERYBODY),
    Row("find-sent", EVERYBODY),
    Row("healthz", EVERYBODY),
    Row("set_language", EVERYBODY, "post"),
    Row("timezone", EVERYBODY, "post"),
    Row("demo", NOBODY),
)
LINKS: Final = (
    Row("draft-resume", LINK_ALONE, what=DRAFT),
    Row("draft-check", LINK_ALONE, what=DRAFT),
    Row("draft-saved", LINK_ALONE, what=DRAFT),
    Row("draft-sent", LINK_ALONE, what=DRAFT),
    Row("draft-qr", LINK_ALONE, what=DRAFT),
    Row("draft-step", LINK_ALONE, what={**DRAFT, "name": "step"}),
    Row("track", LINK_ALONE, what=TRACK),
    Row("track-withdraw", LINK_ALONE, what=TRACK),
    Row("track-complain", LINK_ALONE, what=TRACK),
    Row("track-answer", LINK_ALONE, what=TRACK),
    Row("track-probe", LINK_ALONE, what=TRACK),
    Row("receipt", LINK_ALONE, what=TRACK),
    Row("find-open", LINK_ALONE, what={"token": "find link"}),
    Row("suit-proof", LINK, what={**TRACK, "reference": "counter"}),
    Row("forwarded-file", LINK, what={**TRACK, "reference": "counter", "id": "forwarded paper"}),
    Row("answer", LINK_ALONE, what=ANSWER),
    Row("answer-contest", LINK_ALONE, what=ANSWER),
    Row("answer-standing", LINK_ALONE, what=ANSWER),
    Row("answer-appeal", LINK_ALONE, what={**ANSWER, "id": "sanction"}),
    Row("answer-complete", LINK, what={**ANSWER, "reference": "counter"}),
    Row("answer-withdraw", LINK, what={**ANSWER, "reference": "counter"}),
)
DESK: Final = (
    Row("after-sign-in", EVERYBODY),
    Row("desk-queue", CASEWORK, what={"view": "view"}),
    Row("desk-claim-next", CASEWORK, "post"),
    Row("desk-case", CASEWORK, what=CASE),
    Row("desk-claim", CASEWORK, "post", CASE),
    Row("desk-release", CASEWORK, "post", HELD),
    Row("desk-ask", CASEWORK, "post", HELD),
    Row("desk-uphold", CASEWORK, "post", HELD),
    Row("desk-kin", CASEWORK, "post", CASE),
    Row("desk-touch", CASEWORK, "post", HELD),
    Row("desk-mark-check", BOARD),
    Row("desk-trace", CASEWORK, "post", {**CASE, "id": "measure"}),
    Row("desk-decline", CASEWORK, "post", HELD),
    Row("desk-paper", CASEWORK, what={**CASE, "id": "paper"}),
    Row("desk-picture", CASEWORK, what={**CASE, "id": "picture"}),
    Row("desk-letter", CASEWORK, what={**CASE, "id": "letter"}),
    Row("desk-export", CASEWORK, "post", CASE),
    Row("desk-export-page", CASEWORK, what={"id": "export"}),
    Row("desk-export-file", CASEWORK, what={"id": "export", "part": "part"}),
    Row("desk-approvals", APPROVE),
    Row("desk-approve", APPROVE, "post", {"id": "proposal"}),
    Row("desk-refuse", APPROVE, "post", {"id": "proposal"}),
    Row("desk-counter-notices", CASEWORK),
    Row("desk-counter-notice", CASEWORK, what=COUNTER),
    Row("desk-counter-accept", CASEWORK, "post", COUNTER),
    Row("desk-counter-ask", CASEWORK, "post", COUNTER),
    Row("desk-counter-reject", CASEWORK, "post", COUNTER),
    Row("desk-counter-arrival", CASEWORK, "post", COUNTER),
    Row("desk-counter-proceedings", CASEWORK, "post", COUNTER),
    Row("desk-court-new", CASEWORK, what=CASE),
    Row("desk-court", CASEWORK, what=COURT),
    Row("desk-court-step", CASEWORK, "post", COURT),
    Row("desk-court-paper", CASEWORK, what={**COURT, "id": "court paper"}),
    Row("desk-complaint", CASEWORK, what=COMPLAINT),
    Row("desk-complaint-reject", CASEWORK, "post", COMPLAINT),
    Row("desk-complaint-uphold", CASEWORK, "post", COMPLAINT),
    Row("desk-counter-paper", CASEWORK, what={**COUNTER, "id": "counter paper"}),
    Row("desk-letters", CASEWORK),
    Row("desk-carry", CASEWORK, what=CARRY),
    Row("desk-carry-arrival", CASEWORK, "post", CARRY),
    Row("desk-carry-file", CASEWORK, what={**CARRY, "file": "carried file"}),
    Row("desk-clocks", CASEWORK),
    Row("desk-clock", CASEWORK, what=CLOCK),
    Row("desk-clock-extend", CASEWORK, "post", CLOCK),
    Row("desk-clock-paper", CASEWORK, what={**CLOCK, "paper": "clock paper"}),
    Row("desk-clock-calculator", STAFF),
    Row("desk-calendars", STAFF),
    Row("desk-calendar-preview", LOADERS, "post"),
    Row("desk-calendar-load", LOADERS, "post"),
    Row("desk-conflicts", CASEWORK),
    Row("desk-conflict", CASEWORK, what={**CASE, "id": "conflict"}),
    Row("desk-matches", CASEWORK),
    Row("desk-match", CASEWORK, what=MATCH),
    Row("desk-match-picture", CASEWORK, what=MATCH),
    Row("desk-match-uphold", CASEWORK, "post", MATCH),
    Row("desk-match-dismiss", CASEWORK, "post", MATCH),
    Row("desk-filer", CASEWORK, what=CASE),
    Row("desk-filer-lift", CASEWORK, "post", {**CASE, "id": "warning"}),
    Row("desk-regimes", CASEWORK, what=CASE),
    Row("desk-assessment", CASEWORK, what=CASE),
    Row("desk-assessment-version", CASEWORK, what={**CASE, "version": "assessment version"}),
    Row("desk-award", CASEWORK, what=CASE),
    Row("desk-award-paper", CASEWORK, what={**CASE, "id": "award"}),
    Row("desk-training", CASEWORK, "post", CASE),
    Row("measures", BOARD),
    Row("measure", BOARD, what=MEASURE),
    Row("ticket-board", BOARD),
    Row("ticket", BOARD, what=OPEN_TICKET),
    Row("ticket-move", TICKET, "post", OPEN_TICKET),
    Row("ticket-plan", TICKET, "post", OPEN_TICKET),
    Row("ticket-role", CASEWORK, "post", OPEN_TICKET),
    Row("ticket-probe", BOARD, "post", OPEN_TICKET),
    Row("ticket-run", BOARD, "post", OPEN_TICKET),
    Row("ticket-judge", BOARD, "post", OPEN_TICKET),
    Row("probe-review", BOARD, "post", {"id": "probe"}),
    Row("probe-output", BOARD, what={"id": "probe output"}),
    Row("measure-retry", BOARD, "post", MEASURE),
    Row("measure-progress", TICKET, "post", MEASURE),
    Row("desk-rules", CASEWORK),
    Row("desk-rule", CASEWORK, what={"id": "prompt rule"}),
    Row("desk-prompts", CASEWORK),
    Row("desk-rule-lists", CASEWORK),
    Row("desk-rule-proposal", CASEWORK, what={"id": "rule proposal"}),
    Row("desk-texts", CASEWORK),
    Row("desk-text-new", WRITE),
    Row("desk-text", CASEWORK, what=TEXT),
    Row("desk-text-version", WRITE, what=TEXT),
    Row("desk-text-approve", SECOND, "post", TEXT),
    Row("desk-text-refuse", SECOND, "post", TEXT),
    Row("desk-text-end", WRITE, "post", TEXT),
    Row("developers", STAFF),
    Row("developers-try", STAFF, "post"),
    Row("developers-key", STAFF, "post"),
    Row("developers-key-revoke", NOT_MINE, "post", {"id": "webhook"}),
    Row("desk-webhooks", DEVELOPERS),
    Row("desk-webhook-new", DEVELOPERS),
    Row("desk-webhook", DEVELOPERS, what=WEBHOOK),
    Row("desk-webhook-change", DEVELOPERS, "post", WEBHOOK),
    Row("desk-webhook-act", DEVELOPERS, "post", WEBHOOK_ACT),
    Row("desk-deliveries", DEVELOPERS),
    Row("desk-delivery", DEVELOPERS, what=DELIVERY),
    Row("desk-delivery-resend", DEVELOPERS, "post", DELIVERY),
    Row("measure-again", BOARD, "post", MEASURE),
    Row("measure-explain", CASEWORK, "post", MEASURE),
    Row("desk-respondent", CASEWORK, what=COUNTER),
    Row("desk-respondent-lift", CASEWORK, "post", {**COUNTER, "id": "respondent warning"}),
    Row("desk-user", CASEWORK, what=PERSON),
    Row("desk-user-count", CASEWORK, "post", PERSON),
    Row("desk-appeal", CASEWORK, what=APPEAL),
    Row("desk-appeal-uphold", CASEWORK, "post", APPEAL),
    Row("desk-appeal-reject", CASEWORK, "post", APPEAL),
    Row("desk-ladder", READERS),
    Row("desk-ladder-simulate", READERS, "post"),
    Row("desk-ladder-propose", SWITCH, "post"),
    Row("desk-ladder-agree", AGREE, "post", LADDER),
    Row("desk-ladder-refuse", SWITCH, "post", LADDER),
    Row("measure-upstream", CASEWORK, "post", MEASURE),
    Row("measure-upstream-acknowledged", CASEWORK, "post", UPSTREAM),
    Row("measure-upstream-paper", CASEWORK, what=UPSTREAM),
)
API: Final = (
    Row("schema", EVERYBODY),
    Row("api-files", FILE, "post"),
    Row("api-notices", FILE, "post"),
    Row("api-notice", OWN_CASE, what=CASE),
    Row("api-case-traces", CASEWORK, what=CASE),
    Row("api-queue", CASEWORK),
    Row("api-assessments", CASEWORK, what=CASE),
    Row("api-measures", BOARD),
    Row("api-measure", BOARD, what=MEASURE),
    Row("api-measure-acknowledgement", TICKET, "post", MEASURE),
    Row("api-prompt-rules", DEVELOPERS),
    Row("api-event-types", STAFF),
    Row("api-webhooks", DEVELOPERS),
    Row("api-webhook", DEVELOPERS, what=WEBHOOK),
    Row("api-webhook-act", DEVELOPERS, "post", WEBHOOK_ACT),
    Row("api-deliveries", DEVELOPERS),
    Row("api-delivery", DEVELOPERS, what=DELIVERY),
    Row("api-delivery-resend", DEVELOPERS, "post", DELIVERY),
)
ACCOUNTS: Final = (
    Row("account_login", EVERYBODY),
    Row("account_logout", EVERYBODY),
    Row("account_signup", EVERYBODY),
    Row("account_inactive", EVERYBODY),
    Row("account_reauthenticate", SIGNED_IN),
    Row("account_email", SIGNED_IN),
    Row("account_email_verification_sent", EVERYBODY),
    Row("account_confirm_email", EVERYBODY, what={"key": "mail key"}),
    Row("account_change_password", SIGNED_IN),
    Row("account_set_password", SIGNED_IN),
    Row("account_reset_password", EVERYBODY),
    Row("account_reset_password_done", EVERYBODY),
    Row("account_reset_password_from_key", EVERYBODY, what={"uidb36": "uid", "key": "mail key"}),
    Row("account_reset_password_from_key_done", EVERYBODY),
    Row("account_confirm_login_code", SIGNED_IN),
    Row("mfa_index", SIGNED_IN),
    Row("mfa_authenticate", SIGNED_IN),
    Row("mfa_reauthenticate", SIGNED_IN),
    Row("mfa_activate_totp", SIGNED_IN),
    Row("mfa_deactivate_totp", NO_FACTOR),
    Row("mfa_view_recovery_codes", NO_FACTOR),
    Row("mfa_generate_recovery_codes", SIGNED_IN),
    Row("mfa_download_recovery_codes", NO_FACTOR),
)
BY_ROLE: Final = (*PORTAL, *DESK, *API, *ACCOUNTS)
EVERY: Final = (*BY_ROLE, *LINKS)
