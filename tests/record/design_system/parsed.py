"""HTML as a small tree, so that tests ask about elements and not about strings."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def get(self, attribute: str) -> str | None:
        return self.attributes.get(attribute)

    @property
    def text(self) -> str:
        return " ".join(self.raw_text.split())

    @property
    def raw_text(self) -> str:
        return "".join(c if isinstance(c, str) else c.raw_text for c in self.children)

    def all(self, name: str = "", /, **attributes: str) -> list["Element"]:
        """`class_` matches one class among several; `_` in other names stands for `-`."""
        return [one for one in self._below() if _matches(one, name, attributes)]

    def one(self, name: str = "", /, **attributes: str) -> "Element":
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} of <{name} {attributes}>"
        return found[0]

    def _below(self) -> list["Element"]:
        below: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                below += [child, *child._below()]
        return below


def _matches(element: Element, name: str, attributes: dict[str, str]) -> bool:
    if name and element.name != name:
        return False
    for attribute, wanted in attributes.items():
        if attribute == "class_":
            if wanted not in (element.get("class") or "").split():
                return False
        elif element.get(attribute.rstrip("_").replace("_", "-")) != wanted:
            return False
    return True


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.name == tag, f"<{closed.name}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: object) -> Element:
    builder = _Builder()
    builder.feed(str(html))
    builder.close()
    assert builder.open == [builder.root], f"<{builder.open[-1].name}> is never closed"
    return builder.root
