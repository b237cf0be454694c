"""The language tag that is stored (`en`, `zh-Hans`) for the code that Django speaks (`en`, `zh-hans`)."""


def tag(code: str | None) -> str:
    """The BCP 47 tag that texts and letters of a notice carry."""
    return "zh-Hans" if (code or "").lower().startswith("zh") else "en"
