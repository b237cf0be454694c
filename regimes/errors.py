"""What the law as data refuses to do, said so that the reader can mend it."""


class RegimeError(Exception):
    """Something about a regime pack is wrong; the message says how to put it right."""


class UnknownPack(RegimeError):
    """No pack has this id, or not in this version."""


class BadPack(RegimeError):
    """A pack's file does not follow the schema or contradicts itself; `problems` says so one by one."""

    def __init__(self, named: str, *problems: str) -> None:
        self.problems = tuple(f"{named}: {problem}" for problem in problems) or (named,)
        super().__init__(" ".join(self.problems))


class OverrideRefused(RegimeError):
    """An operator may change what the law leaves to the house and nothing else."""


class UnknownKey(RegimeError):
    """The pack has no clock, letter or setting of this name."""
