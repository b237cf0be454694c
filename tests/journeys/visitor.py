"""A browser without JavaScript: opens addresses, follows links, fills in what a page really offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import tinyhtml5
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.datastructures import MultiValueDict

Answers = dict[str, Any]
SILENT = {"script", "style", "title", "noscript"}


def _words(element: Element) -> Iterator[str]:
    if element.tag not in SILENT:
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


def words(element: Element) -> str:
    """What a reader sees of an element, on one line."""
    return " ".join(" ".join(_words(element)).split())


@dataclass
class Page:
    """A page that was opened: its address, its status and what it holds."""

    address: str
    status: int
    content: bytes
    headers: Any

    @cached_property
    def root(self) -> Element:
        """What it holds, read when somebody asks: most pages are only passed through."""
        html = self.headers.get("Content-Type", "").startswith("text/html")
        source = self.content.decode() if html else "<p></p>"
        return tinyhtml5.parse(source, namespace_html_elements=False)

    @property
    def text(self) -> str:
        """What a reader sees."""
        return words(self.root)

    @property
    def heading(self) -> str:
        """The page's first heading."""
        found = self.root.find(".//h1")
        return "" if found is None else words(found)

    def links(self, text: str) -> list[str]:
        """Where the links of this text lead."""
        return [a.get("href", "") for a in self.root.iter("a") if text in words(a)]

    def forms(self, button: str) -> list[tuple[Element, Element]]:
        """Every form with a button of this text, and that button."""
        return [
            (form, press)
            for form in self.root.iter("form")
            for press in form.iter("button")
            if words(press) == button and press.get("tabindex") != "-1"
        ]

    def form(self, button: str, beside: str = "") -> tuple[Element, Element]:
        """The only form with this button, or the only one that stands in an article with these words."""
        within = (
            [e for e in self.root.iter("article") if beside in words(e)] if beside else [self.root]
        )
        found = [
            pair
            for pair in self.forms(button)
            if any(pair[0] in list(place.iter()) for place in within)
        ]
        assert len(found) == 1, (
            f"{len(found)} forms with a button {button!r} on {self.address}: {self.text}"
        )
        return found[0]


def filled(form: Element) -> MultiValueDict[str, Any]:
    """What a browser would send of a form nobody touched."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for one in form.iter():
        name, kind = one.get("name"), one.get("type", "text")
        if name is None or one.tag == "button":
            continue
        if one.tag == "textarea":
            data.appendlist(name, one.text or "")
        elif one.tag == "select":
            chosen = [o for o in one.iter("option") if o.get("selected") is not None]
            data.appendlist(name, (chosen or list(one.iter("option")))[0].get("value", ""))
        elif kind in {"checkbox", "radio"}:
            if one.get("checked") is not None:
                data.appendlist(name, one.get("value", "on"))
        elif kind != "file":
            data.appendlist(name, one.get("value", ""))
    return data


def offers(form: Element) -> dict[str, set[str]]:
    """The fields of a form; for those with a choice, the values there are."""
    found: dict[str, set[str]] = {}
    for one in form.iter():
        if (name := one.get("name")) and one.tag != "button":
            choices = found.setdefault(name, set())
            if one.get("type") in {"checkbox", "radio"}:
                choices.add(one.get("value", "on"))
            choices |= {o.get("value", "") for o in one.iter("option")}
    return found


class Visitor:
    """One person at one browser. `page` is what lies before them."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        self.page: Page

    def open(self, address: str, status: int = 200) -> Page:
        """Open an address, through every redirection."""
        answer = self.client.get(_path(address), follow=True)
        return self._arrived(answer, status)

    def follow(self, text: str, status: int = 200) -> Page:
        """Follow the first link of this text."""
        found = self.page.links(text)
        assert found, f"no link {text!r} on {self.page.address}: {self.page.text}"
        return self.open(urljoin(self.page.address, found[0]), status)

    def press(
        self, button: str, answers: Answers | None = None, *, beside: str = "", status: int = 200
    ) -> Page:
        """Fill in the form that holds this button, and press it. Only what the page offers can be filled in."""
        form, pressed = self.page.form(button, beside)
        data, offered = filled(form), offers(form)
        for name, value in (answers or {}).items():
            assert name in offered, f"no field {name!r} on {self.page.address}: {sorted(offered)}"
            values = value if isinstance(value, list) else [value]
            if choices := offered[name]:
                assert set(values) <= choices, f"{name}: {values} not among {choices}"
            data.setlist(name, values)
        if pressed.get("name"):
            data.setlist(pressed.get("name", ""), [pressed.get("value", "")])
        action = pressed.get("formaction") or form.get("action", "")
        address = urljoin(self.page.address, action)
        assert form.get("method") == "post", address
        if any(isinstance(v, SimpleUploadedFile) for _name, vs in data.lists() for v in vs):
            assert form.get("enctype") == "multipart/form-data", f"files get lost on {address}"
        answer = self.client.post(
            _path(address),
            dict(data.lists()),
            follow=True,
            headers={"referer": f"http://testserver{self.page.address}"},
        )
        return self._arrived(answer, status)

    def _arrived(self, answer: Any, status: int) -> Page:
        chain = getattr(answer, "redirect_chain", [])
        address = chain[-1][0] if chain else answer.request["PATH_INFO"]
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.page = Page(_path(address), answer.status_code, content, answer.headers)
        assert answer.status_code == status, (
            f"{address}: {answer.status_code} {self.page.text[:2000]}"
        )
        return self.page


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
