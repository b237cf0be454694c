"""Cross-setting mistakes, found before the first request."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from notices.surfaces import BadMapping, mapping
from regimes.errors import RegimeError
from regimes.loader import override_problems, pack, pack_problems
from regimes.vocabulary import CaseKind
from screening.signing import BadKey, providers, public_key


@register()
def packs_exist(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Every pack that REGIMES names can be loaded."""
    found: list[CheckMessage] = []
    for pack_id in settings.REGIMES:
        try:
            pack(pack_id)
        except RegimeError as error:
            hint = "Name packs of regimes/packs in REGIMES, separated by commas."
            found.append(Error(str(error), hint=hint, id="redress.E001"))
    return found


@register()
def places_are_mapped(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """SURFACE_REGIMES and TRAINING_REGIMES name packs that exist, each for its own kind of case."""
    hint = "See docs/settings.md for what SURFACE_REGIMES and TRAINING_REGIMES may hold."
    try:
        wanted = [(id, CaseKind.OUTPUT_NOTICE) for packs in mapping().values() for id in packs]
        wanted += [(id, CaseKind.TRAINING_COMPLAINT) for id in settings.TRAINING_REGIMES]
        mixed = [id for id, kind in wanted if pack(id).case_kind is not kind]
    except (BadMapping, RegimeError) as error:
        return [Error(str(error), hint=hint, id="redress.E004")]
    text = "%s is for another kind of case: training and output are never mixed."
    return [Error(text % id, hint=hint, id="redress.E004") for id in mixed]


@register()
def overrides_apply(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Every override of a house rule names a pack and a rule that exist."""
    hint = "See docs/regimes.md for what REGIME_OVERRIDES may hold."
    problems = override_problems(settings.REGIME_OVERRIDES)
    return [Error(problem, hint=hint, id="redress.E003") for problem in problems]


@register()
def packs_are_sound(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """The operator's packs can be used, and no shipped version was changed."""
    hint = "See docs/regimes.md; `manage.py packs check` says the same."
    return [Error(problem, hint=hint, id="redress.E004") for problem in pack_problems()]


@register()
def rule_lists_can_be_signed(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """The key that signs our rules is one, and so are those of the providers whose lists are taken."""
    try:
        public_key()
        providers()
    except BadKey as error:
        hint = "See docs/settings.md for FEED_SIGNING_KEY and FEED_PROVIDERS."
        return [Error(str(error), hint=hint, id="redress.E005")]
    return []


@register()
def owner_stays_out(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """The application's role is not the owner's: the ledger's protection rests on it."""
    owner = settings.DATABASES.get("owner", {}).get("USER")
    if owner and owner == settings.DATABASES["default"]["USER"]:
        text = "DATABASE_URL signs in as the owner of the tables."
        hint = "Use the role redress_app there, see docker/postgres/roles.sql."
        return [Error(text, hint=hint, id="redress.E002")]
    return []


@register(deploy=True)
def demo_is_off(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Demo mode lets anybody sign in."""
    if settings.DEMO:
        hint = "Set REDRESS_DEMO=0."
        return [Warning("Demo mode is on.", hint=hint, id="redress.W001")]
    return []


@register(deploy=True)
def staff_need_a_second_factor(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Staff decide about other people's works."""
    if not settings.STAFF_MFA_REQUIRED:
        hint = "Set STAFF_MFA_REQUIRED=1."
        return [Warning("Staff may sign in without a second factor.", hint=hint, id="redress.W002")]
    return []


@register(deploy=True)
def prompt_blocks_can_be_tested(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """The workers ask the guard as any service does; without its key no prompt block is ever verified."""
    if settings.GUARD_TOKEN:
        return []
    hint = "Set GUARD_TOKEN for the workers too, see docs/settings.md."
    return [Warning("Prompt blocks cannot be tested.", hint=hint, id="redress.W003")]
