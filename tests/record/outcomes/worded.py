"""A site's folder of wording, in whatever language: the words in it are nobody's."""

from pathlib import Path

import yaml

from newel.evidence.measures import measure

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
)


def wording(folder: Path, id: str, language: str, /, **more: object) -> Path:
    """A text for each item, option and end of a line, as a site with a licence writes them."""
    found = measure(id)
    told: dict[str, object] = {
        "measure": id,
        "version": found.version,
        "language": language,
        "items": {one.id: f"{language} words of {one.id}" for one in found.items},
    }
    lists = {name: one for name, one in found.responses.items() if one.options}
    if lists:
        told["options"] = {
            name: {one.value: f"{language} option {one.value}" for one in group.options}
            for name, group in lists.items()
        }
    lines = [name for name, one in found.responses.items() if one.anchors]
    if lines:
        told["anchors"] = {name: [f"{language} left", f"{language} right"] for name in lines}
    path = folder / f"{id}.{language}.yaml"
    path.write_text(yaml.safe_dump(told | more, allow_unicode=True), encoding="utf-8")
    return path


def pages(folder: Path, language: str, words: dict[str, str], *, version: int = 1) -> None:
    told = {"language": language, "version": version, "words": words}
    path = folder / f"pages.{language}.yaml"
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")


def drawing(folder: Path, name: str) -> str:
    (folder / name).write_text(DRAWING, encoding="utf-8")
    return name


def recording(folder: Path, name: str) -> str:
    (folder / name).write_bytes(b"OggS" + bytes(range(200)))
    return name
