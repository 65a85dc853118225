"""What a site lays beside its wording: a picture for a question or an answer, and a recording.

    pictures:
      items:
        essences_01: {file: garden.svg, alt: What is to be seen, in the language of the wording}
        essences_02: {file: stairs.png, decorative: true}   # says nothing that the words do not say
      options:
        how_much:
          0: {file: none.svg, alt: An empty glass}
    recordings:         # of the question and every answer to it, in the order in which they stand
      essences_01: essences_01.mp3

The files stand beside the wording. A picture says what it shows, or that it may be left out. One
that could run something, or load something from elsewhere, refuses the whole wording.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newel.evidence.measures.definition import Measure, Number
from newel.evidence.measures.site_files import FILE_NAME, what_is_wrong

PICTURES, RECORDINGS = (".svg", ".png"), (".mp3", ".ogg")


@dataclass(frozen=True)
class Picture:
    """alt: "" where it says nothing that the words beside it do not say."""

    file: Path
    alt: str = ""


@dataclass(frozen=True)
class Beside:
    """items and recordings by item; options by their list and value."""

    items: Mapping[str, Picture] = field(default_factory=dict)
    options: Mapping[tuple[str, Number], Picture] = field(default_factory=dict)
    recordings: Mapping[str, Path] = field(default_factory=dict)


def faults_beside(
    measure: Measure, wording: Mapping[str, Any], folder: Path | None
) -> Iterator[str]:
    """A sentence for each picture and recording that cannot be used."""
    pictures = wording.get("pictures") or {}
    if not isinstance(pictures, dict) or set(pictures) - {"items", "options"}:
        yield "What stands under pictures is no “items:” and “options:”."
        return
    ids = [one.id for one in measure.items]
    for id, told in _named(pictures.get("items")):
        yield from _strange(id, ids, "picture", "question")
        yield from _faults_of_picture(told, f"the picture of {id}", folder)
    for list_id, group in _named(pictures.get("options")):
        responses = measure.responses.get(list_id)
        values = responses.values if responses is not None and responses.options else ()
        for value, told in _named(group):
            yield from _strange(value, values, "picture", f"answer of {list_id}")
            yield from _faults_of_picture(told, f"the picture of {list_id} {value}", folder)
    for id, name in _named(wording.get("recordings")):
        yield from _strange(id, ids, "recording", "question")
        yield from _faults_of_file(name, f"the recording of {id}", folder, RECORDINGS)
    yield from _not_lists(pictures, wording)


def _named(group: object) -> Iterator[tuple[Any, Any]]:
    yield from group.items() if isinstance(group, dict) else ()


def _not_lists(pictures: Mapping[str, Any], wording: Mapping[str, Any]) -> Iterator[str]:
    told = {
        "the pictures of items": pictures.get("items"),
        "the pictures of options": pictures.get("options"),
        "recordings": wording.get("recordings"),
    }
    for what, group in told.items():
        if group is not None and not isinstance(group, dict):
            yield f"What stands under {what} is no list of names and files."


def _strange(key: object, known: object, what: str, of: str) -> Iterator[str]:
    if isinstance(key, bool) or key not in tuple(known):  # type: ignore[arg-type]
        yield f"There is a {what} for {of} {key}, which the definition does not have."


def _faults_of_picture(told: object, what: str, folder: Path | None) -> Iterator[str]:
    if not isinstance(told, dict) or set(told) - {"file", "alt", "decorative"}:
        yield f"Of {what}, say “file:” and either “alt:” or “decorative: true”."
        return
    alt, decorative = told.get("alt"), told.get("decorative", False)
    if (decorative, alt) != (True, None) and not (decorative is False and _is_text(alt)):
        yield f"Say what {what} shows (alt), or that the words say it all (decorative: true)."
    yield from _faults_of_file(told.get("file"), what, folder, PICTURES)


def _faults_of_file(
    name: object, what: str, folder: Path | None, endings: tuple[str, ...]
) -> Iterator[str]:
    if not isinstance(name, str) or not FILE_NAME.fullmatch(name) or not name.endswith(endings):
        yield (
            f"The file of {what} needs a plain name that ends in {' or '.join(endings)}, without a "
            "folder."
        )
    elif folder is None or not (folder / name).is_file():
        yield f"{name} is not there, for {what}."
    elif wrong := what_is_wrong(folder / name):
        yield f"{name} is not used for {what}: {wrong}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def found_beside(wording: Mapping[str, Any], folder: Path | None) -> Beside:
    """The same as files. `faults_beside` has said that there is nothing wrong with them."""
    if folder is None:
        return Beside()
    pictures = wording.get("pictures") or {}
    return Beside(
        items={id: _picture(told, folder) for id, told in _named(pictures.get("items"))},
        options={
            (list_id, value): _picture(told, folder)
            for list_id, group in _named(pictures.get("options"))
            for value, told in _named(group)
        },
        recordings={id: folder / name for id, name in _named(wording.get("recordings"))},
    )


def _picture(told: Mapping[str, Any], folder: Path) -> Picture:
    return Picture(folder / told["file"], str(told.get("alt") or "").strip())
