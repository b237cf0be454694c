"""What a calendar refuses to do, said so that the reader can mend it."""


class CalendarError(Exception):
    """Something about a calendar or a period is wrong; the message says how to put it right."""


class UnknownCalendar(CalendarError):
    """No calendar has this id."""


class BadCalendarData(CalendarError):
    """A year's data file contradicts itself or is not of the expected shape."""


class BadPeriod(CalendarError):
    """The period asked for cannot be counted: its length, its start or its pause makes no sense."""


class NoFigure(CalendarError):
    """The law gives no number here ("timely", "promptly"), so no date can be computed."""
