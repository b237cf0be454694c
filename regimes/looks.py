"""Does what was given look like what is asked for? Pure, and never sure: it only says what leaves it in doubt."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from regimes.vocabulary import Form
from regimes.words import Text

MAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}")
DIGIT: Final = re.compile(r"\d")
HAN: Final = re.compile(r"[\u3400-\u9fff]")
LINK: Final = re.compile(r"^(https?://|www\.)", re.IGNORECASE)
PHONE_DIGITS: Final = 7
ADDRESS_WORDS: Final = 3
ADDRESS_HAN: Final = 6
NO: Final = frozenset({"no", "false", "none", "n/a", "0", "-", "否", "无", "不", "不同意", "没有"})


def doubt(form: Form, entries: Iterable[str]) -> Text | None:
    """Why what was given may not be what is asked for, or None when it looks right."""
    return next(filter(None, map(_LOOKS[form], entries)), None)


def denies(text: str) -> bool:
    """Whether a word stands where a statement should and refuses it."""
    return text.strip().rstrip(".。!！").lower() in NO


def _contact(text: str) -> Text | None:
    reachable = MAIL.search(text) or len(DIGIT.findall(text)) >= PHONE_DIGITS
    return None if reachable else _NO_CONTACT


def _address(text: str) -> Text | None:
    """A street, a number, a town: at least a figure with words, or three words, or six Chinese characters."""
    bare = MAIL.sub("", text).strip()
    if LINK.match(bare) or not re.search(r"[^\W\d_]", bare):
        return _NO_ADDRESS
    if HAN.search(bare):
        enough = len(HAN.findall(bare)) >= ADDRESS_HAN or DIGIT.search(bare) is not None
    else:
        words = re.findall(r"\w+", bare)
        enough = len(words) >= ADDRESS_WORDS or (len(words) > 1 and DIGIT.search(bare) is not None)
    return None if enough else _NO_ADDRESS


def _location(text: str) -> Text | None:
    """The home page of a site locates nothing on it; whatever else was written may be an identifier."""
    if MAIL.fullmatch(text.strip()):
        return _NO_LOCATION
    if not LINK.match(text.strip()):
        return None
    named = text.strip() if "//" in text else f"https://{text.strip()}"
    try:
        parts = urlsplit(named)
    except ValueError:
        return _NO_LOCATION
    if not parts.netloc:
        return _NO_LOCATION
    home = parts.path.strip("/") in {"", "index.html", "index.htm", "home", "en", "zh"}
    return _HOME_PAGE if home and not (parts.query or parts.fragment.strip("/!")) else None


_LOOKS: Final[Mapping[Form, Callable[[str], Text | None]]] = {
    Form.CONTACT: _contact,
    Form.ADDRESS: _address,
    Form.LOCATION: _location,
}
_NO_CONTACT = Text(
    "Neither a telephone number nor an e-mail address is in it.", "其中既无电话也无电子邮箱。"
)
_NO_ADDRESS = Text(
    "It does not read like a postal address: street, number, town.",
    "不像通讯地址：缺少街道、门牌号或者城市。",
)
_HOME_PAGE = Text(
    "The home page of a site does not locate an item on it.", "网站首页不足以定位具体内容。"
)
_NO_LOCATION = Text(
    "It is no network address and no identifier of an item.", "既非网络地址，也非内容的标识信息。"
)
