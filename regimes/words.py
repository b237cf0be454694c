"""Words and their sources: what every part of a pack is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Words a person reads, in both languages of the product."""

    en: str
    zh_hans: str

    def in_language(self, language: str) -> str:
        """The Chinese text for any Chinese tag (`zh-Hans`, `zh-hans`), otherwise the English one."""
        return self.zh_hans if language.lower().startswith("zh") else self.en


@dataclass(frozen=True)
class Source:
    """A norm, where it can be read, and how sure we are: `read` in a public copy, else high, medium or low."""

    id: str
    norm: Text
    url: str
    confidence: str


Sources = tuple[Source, ...]
