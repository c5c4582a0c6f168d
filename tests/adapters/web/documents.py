"""Documents as a browser reads them: their elements, and what a strict policy of the site would refuse."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
SCRIPTED = ("script", "style", "iframe", "object", "embed", "base")


@dataclass
class Element:
    """An element with its attributes, and the words right inside it."""

    name: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)
    parents: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(self.words)


class Document(HTMLParser):
    """A document that was read; elements that are left open, or closed twice, are faults."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self.feed(source)
        self.close()
        self.faults += [f"<{element.name}> stays open" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, parents=tuple(e.name for e in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].name != tag:
            self.faults.append(f"</{tag}> closes nothing")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)

    def all(self, name: str) -> list[Element]:
        return [element for element in self.elements if element.name == name]


def refused(document: Document) -> Iterator[str]:
    """Yield what a policy without inline scripts and styles refuses, and what belongs to no document of ours."""
    for element in document.elements:
        if element.name in SCRIPTED:
            yield f"<{element.name}>"
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on"):
                yield f"<{element.name} {name}>"
            if name in ("href", "src", "action", "formaction") and not _is_allowed(value):
                yield f"<{element.name} {name}={value}>"


def _is_allowed(address: str) -> bool:
    return address.startswith(("/", "#", "http://", "https://", "data:image/svg+xml,")) and not address.startswith("//")
