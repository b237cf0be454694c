"""Date arithmetic the law asks for: pure functions over versioned data, no Django, no clock.

Read `days` for what a calendar is, `registry` for the calendars there are, `arithmetic` for the counting,
`due` for what comes out, `explain` for how a date explains itself in English and Chinese.
"""
