"""The form of upholding a notice: which items, what is done to each and to what they reach, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import forms_people
from casework.forms import ReasonsForm
from casework.forms_block import BLOCK_FIELDS, BlockFields, block_choice
from casework.forms_block import lines as _lines
from casework.kin import ItemKin, KinLine, kin_of_items
from casework.services.orders import Choice, nothing_upheld, orders_for
from measures.rules import Family, Level
from measures.services.orders import Order
from notices.models import Case, ClaimedItem
from notices.services.decisions import Ruling
from notices.services.look_up import PROMPT
from notices.states import ItemOutcome
from platforms.models import PlatformUser

_TICKS = ("items", "families", "kin", "spared")


@dataclass(frozen=True)
class Tick:
    """One checkbox. Drawn by our own template: Django's, one a box, takes seconds at thousands of items."""

    name: str
    value: str
    id: str
    checked: bool


@dataclass(frozen=True)
class ItemRow:
    """One item as the form shows it: its tick, the tick that leaves it as it is, and those of its kin."""

    item: ClaimedItem
    tick: Tick
    spare: Tick
    kin: Sequence[tuple[KinLine, Tick | None]]
    left_out: int


class UpholdForm(BlockFields, ReasonsForm):
    """Which items are upheld, what follows for them and their kin, and which sanction for whom. Nothing is ticked."""

    items = forms.MultipleChoiceField(
        label=_("Items upheld"), widget=forms.CheckboxSelectMultiple, required=True
    )
    families = forms.MultipleChoiceField(
        label=_("Necessary measures"), widget=forms.CheckboxSelectMultiple, required=False
    )
    kin = forms.MultipleChoiceField(
        label=_("Also remove or take down"), widget=forms.CheckboxSelectMultiple, required=False
    )
    spared = forms.MultipleChoiceField(
        label=_("Upheld, but left as they are"), widget=forms.CheckboxSelectMultiple, required=False
    )
    probes = forms.CharField(
        label=_("Probe prompts for the ticket, one per line"),
        help_text=_("Prompts of normal use that must no longer bring the work out."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )

    def __init__(self, case: Case, people: list[PlatformUser], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        items = case.notice.items.exclude(outcome=ItemOutcome.NOT_FOUND)
        unknown = Q(looked_up_at=None) & ~Q(kind=PROMPT)
        # Upheld before it is known what it is, an item would bring no measure and no letter.
        self.waiting = items.filter(unknown).count()
        items = items.exclude(unknown)
        self.claimed = {str(item.id): item for item in items.select_related("artefact__owner")}
        self.reached = {str(one.item.id): one for one in kin_of_items(self.claimed.values())}
        self.targets = {
            kin_key(one, line): (one.item, line)
            for one in self.reached.values()
            for line in one.lines
            if line.claimed_as is None
        }
        self._choices()
        for person in people:
            self.fields.update(forms_people.fields_for(person))

    @classmethod
    def as_typed(cls, case: Case, people: list[PlatformUser], posted: Any, prefix: str) -> Self:
        """The form with everything that was typed, as if nobody had pressed anything: no errors are shown."""
        empty = cls(case, people, prefix=prefix)
        typed = {
            name: field.widget.value_from_datadict(posted, {}, empty.add_prefix(name))
            for name, field in empty.fields.items()
        }
        return cls(case, people, prefix=prefix, initial=typed)

    def _choices(self) -> None:
        by_item = [(id, item.locator) for id, item in self.claimed.items()]
        for name, choices in (
            ("items", by_item),
            ("spared", by_item),
            ("families", [c for c in Family.choices if c[0] != Family.USER_SANCTION]),
            ("kin", [(key, _kin_label(*target)) for key, target in self.targets.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
        if not self.targets:
            del self.fields["kin"]

    def rows(self) -> list[ItemRow]:
        """The items with their ticks and those of their kin."""
        ticks = {name: self._ticks(name) for name in ("items", "spared", "kin")}
        nothing = ItemKin(ClaimedItem())
        return [
            ItemRow(
                item=item,
                tick=ticks["items"][id],
                spare=ticks["spared"][id],
                kin=[
                    (line, ticks["kin"].get(kin_key(one, line)))
                    for one in [self.reached.get(id, nothing)]
                    for line in one.lines
                ],
                left_out=self.reached.get(id, nothing).left_out,
            )
            for id, item in self.claimed.items()
        ]

    def _ticks(self, name: str) -> dict[str, Tick]:
        """The checkboxes of a field by their value, with the ids that Django would give them."""
        if name not in self.fields:
            return {}
        bound = self[name]
        chosen = {str(value) for value in bound.value() or ()}
        choices = getattr(bound.field, "choices", ())
        return {
            value: Tick(bound.html_name, value, f"{bound.auto_id}_{number}", value in chosen)
            for number, (value, _label) in enumerate(choices)
        }

    def clean(self) -> dict[str, Any]:
        """A block or a ticket needs terms; what rests on an item needs that item upheld."""
        data = super().clean() or self.cleaned_data
        needs_terms = {Family.PROMPT_BLOCK, Family.MODEL_OPTIMISATION} & set(
            data.get("families", [])
        )
        if needs_terms and not data.get("terms", "").strip():
            self.add_error("terms", _("Give at least one term to block or to train away."))
        self._check_kin(data)
        self._check_sanctions(data)
        return data

    def _check_kin(self, data: dict[str, Any]) -> None:
        """What is done to kin stands on their item."""
        upheld = set(data.get("items", []))
        grounds = {self.targets[key][0] for key in data.get("kin", [])}
        for item in sorted(grounds, key=lambda one: one.number):
            if str(item.id) not in upheld:
                self.add_error(
                    "kin",
                    _("Uphold item %(number)s first: what is done to its kin rests on it.")
                    % {"number": item.number},
                )

    def _check_sanctions(self, data: dict[str, Any]) -> None:
        """Nobody is sanctioned for what is another user's, or was not upheld."""
        artefacts = [self.claimed[id].artefact for id in data.get("items", [])]
        owners = {artefact.owner_id for artefact in artefacts if artefact}
        for person in self.people:
            if data.get(f"sanction_{person.id}") and person.id not in owners:
                self.add_error(f"sanction_{person.id}", nothing_upheld(person))

    def upheld(self) -> list[ClaimedItem]:
        """The items that are upheld."""
        return [self.claimed[id] for id in self.cleaned_data["items"]]

    def ruling(self) -> Ruling:
        """The decision, item by item, with its reasons."""
        return Ruling(self.reasons(), {one.id: ItemOutcome.UPHELD.value for one in self.upheld()})

    def orders(self, now: datetime) -> list[Order]:
        """The measures that go with the decision of `now`; its items count as upheld for them already."""
        items = self.upheld()
        for item in items:
            item.outcome = ItemOutcome.UPHELD
        ends = forms_people.ends(self.people, self.cleaned_data, now)
        return orders_for(items, replace(self._choice(self.cleaned_data), ends=ends))

    def intents(self) -> dict[UUID, str]:
        """What was found of each user's intent, by their id."""
        return forms_people.intents(self.people, self.cleaned_data)

    def wished(self) -> list[Order]:
        """The orders as ticked so far, whatever is still missing or wrong: for looking, never for ordering."""
        typed: dict[str, Any] = {name: self[name].value() or "" for name in self.fields}
        for name in _TICKS:
            allowed = dict(getattr(self.fields.get(name), "choices", ()))
            typed[name] = [one for one in typed.get(name) or [] if one in allowed]
        items = [self.claimed[id] for id in typed["items"]]
        owners = {item.artefact.owner_id for item in items if item.artefact}
        for person in self.people:
            level = typed[f"sanction_{person.id}"]
            if person.id not in owners or level not in Level.values:
                typed[f"sanction_{person.id}"] = ""
        return orders_for(items, self._choice(typed))

    def of_block(self) -> list[forms.BoundField]:
        """What says how prompts are blocked."""
        return [self[name] for name in BLOCK_FIELDS]

    @property
    def block_has_errors(self) -> bool:
        """Whether something is wrong there, so that it must be open to be seen."""
        return any(name in self.errors for name in BLOCK_FIELDS)

    def _choice(self, data: Mapping[str, Any]) -> Choice:
        levels = {p: data.get(f"sanction_{p.id}", "") for p in self.people}
        kin = [self.targets[key] for key in data.get("kin", [])]
        return Choice(
            families=data["families"],
            terms=_lines(data["terms"]),
            block=block_choice(data),
            probes=_lines(data["probes"]),
            sanctions={person: level for person, level in levels.items() if level},
            kin=[(self.claimed[str(item.id)], line.row.kin) for item, line in kin],
            spared=frozenset(data.get("spared", [])),
        )


def kin_key(one: ItemKin, line: KinLine) -> str:
    """The value of a kin's tick: the item it stands on, and the artefact."""
    return f"{one.item.id}:{line.row.kin_id}"


def _kin_label(item: ClaimedItem, line: KinLine) -> str:
    """For pages that show the ticks as a plain list."""
    row = line.row
    return f"{item.number} → {row.kin.external_id} · {row.get_relation_display()} · {row.kin.title}"
