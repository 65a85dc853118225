"""A site's own wording, laid over the labels of a definition.

Whoever holds a licence writes `<measure>.<language>.yaml` into a folder of the site, which is never
part of the repository:

    measure: essences
    version: 1
    language: en
    items:
      essences_01: the words of the printed form
    options:
      how_much:
        0: the words of the printed form
    anchors:            # only where a line has words at its two ends
      how_happy: [the words at the left, the words at the right]
    called: English     # optional: what its speakers call the language
    direction: ltr      # optional: ltr or rtl
    pictures:           # optional: see `beside`
    recordings:         # optional: see `beside`

It must fit the definition exactly. A text for another version, a text too few or too many is
refused: a child must never be asked a question that belongs to another item.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from newel.evidence.measures.beside import Beside, faults_beside, found_beside
from newel.evidence.measures.definition import Measure, Responses

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_LANGUAGE = 10
DIRECTIONS = ("ltr", "rtl")
KEYS = (
    *("measure", "version", "language", "items", "options", "anchors"),
    *("called", "direction", "pictures", "recordings"),
)


@dataclass(frozen=True)
class Wording:
    """A measure in the words of one language, and what the site lays beside them."""

    measure: Measure
    language: str = "en"
    called: str = ""
    direction: str = ""
    beside: Beside = field(default_factory=Beside)


class WordingRefused(ValueError):
    """A wording file that does not fit. `faults` says why, in sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def worded(measure: Measure, folder: Path | None, language: str = "en") -> Measure:
    """The measure in the site's wording, or as it is, with its labels, where the site has none.

    folder: where the site keeps its files; None where it keeps none.
    Raises WordingRefused for a file that does not fit or cannot be read.
    """
    found = wording_in(measure, folder, language) if folder is not None else None
    return measure if found is None else found.measure


def wording_in(measure: Measure, folder: Path, language: str) -> Wording | None:
    """The site's wording in one language with its pictures and recordings; None where it has none.

    Raises WordingRefused for a file that does not fit or cannot be read.
    """
    if not LANGUAGE.fullmatch(language) or len(language) > LONGEST_LANGUAGE:
        raise WordingRefused([f"“{language}” is no language, such as “en” or “cy”."])
    path = folder / f"{measure.id}.{language}.yaml"
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise WordingRefused([f"{path.name} cannot be read: {fault}."]) from fault
    return _wording(measure, text, language, folder)


def laid_over(measure: Measure, text: str, language: str | None = None) -> Measure:
    """The measure with every item, option and end of a line in the words of `text`.

    text: YAML as above. language: the one that is asked for, where one is.
    Returns a new measure: ids, values and every rule of scoring stay as they are.
    Raises WordingRefused with a sentence for each thing that does not fit.
    """
    return _wording(measure, text, language, None).measure


def _wording(measure: Measure, text: str, language: str | None, folder: Path | None) -> Wording:
    if measure.licence.may_ship == "scores_only":
        raise WordingRefused(
            [f"{measure.short_name} may have no electronic form: only its scores are entered."]
        )
    wording = read_once(text)
    faults = [
        *_faults_of_head(measure, wording, language),
        *_faults_of_texts(measure, wording),
        *faults_beside(measure, wording, folder),
    ]
    if faults:
        raise WordingRefused(faults)
    return Wording(
        measure=_with(measure, wording),
        language=wording["language"],
        called=wording.get("called", "").strip(),
        direction=wording.get("direction", ""),
        beside=found_beside(wording, folder),
    )


class _Once(yaml.SafeLoader):
    """YAML in which a key stands once: of two texts for an item, the later would win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise WordingRefused([f"The wording has “{key}” twice."])
            seen.add(key if isinstance(key, Hashable) else None)
        return super().construct_mapping(node, deep)


def read_once(text: str) -> Mapping[str, Any]:
    """YAML in which no key stands twice. Raises WordingRefused."""
    try:
        read = yaml.load(text, _Once)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f" It stops making sense in line {mark.line + 1}." if mark else ""
        raise WordingRefused([f"The wording is no YAML.{where}"]) from fault
    if not isinstance(read, dict):
        raise WordingRefused(["The wording does not begin with “measure:”."])
    return read


def _faults_of_head(
    measure: Measure, wording: Mapping[str, Any], language: str | None
) -> Iterator[str]:
    name, told = measure.short_name, wording.get("version")
    for key in sorted(str(key) for key in wording if key not in KEYS):
        yield f"The wording has “{key}”, which means nothing here."
    if wording.get("measure") != measure.id:
        yield f"The wording is for “{wording.get('measure')}”, and this is {name} ({measure.id})."
    if str(told) != str(measure.version):
        yield f"The wording is for version {told} of {name}; the definition is {measure.version}."
    if not isinstance(wording.get("language"), str):
        yield "The wording does not say its language, such as “language: en”."
    elif language is not None and wording["language"] != language:
        yield f"The wording says that it is in “{wording['language']}”, and “{language}” is wanted."
    if "called" in wording and not _is_text(wording["called"]):
        yield "What the language is called is empty or is no text."
    if wording.get("direction", "ltr") not in DIRECTIONS:
        yield "The direction of a language is “ltr” or “rtl”."


def _faults_of_texts(measure: Measure, wording: Mapping[str, Any]) -> Iterator[str]:
    yield from _faults_of_keys(wording.get("items"), [one.id for one in measure.items], "item")
    lists = {id: one for id, one in measure.responses.items() if one.options}
    yield from _faults_of_groups(wording.get("options"), list(lists), "options")
    for id, one in lists.items():
        texts = _group(wording.get("options"), id)
        if texts is not None:
            yield from _faults_of_keys(texts, list(one.values), f"option of {id}")
    lines = [id for id, one in measure.responses.items() if one.anchors]
    yield from _faults_of_groups(wording.get("anchors"), lines, "anchors")
    for id in lines:
        texts = _group(wording.get("anchors"), id)
        if texts is not None and not _are_two_texts(texts):
            yield f"The ends of {id} need two texts."


def _faults_of_keys(texts: object, wanted: Iterable[object], what: str) -> Iterator[str]:
    """A text for each that is wanted, and for no other."""
    if not isinstance(texts, dict):
        texts = {}
    own = list(wanted)
    for key in own:
        if key not in texts:
            yield f"The wording has no text for {what} {key}."
        elif not _is_text(texts[key]):
            yield f"The text for {what} {key} is empty or is no text; set it in quotes."
    for key in texts:
        if key not in own or isinstance(key, bool):
            yield f"The wording has a text for {what} {key}, which the definition does not have."


def _faults_of_groups(groups: object, wanted: list[str], what: str) -> Iterator[str]:
    told = groups if isinstance(groups, dict) else {}
    for key in wanted:
        if key not in told:
            yield f"The wording has no {what} for {key}."
    for key in told:
        if key not in wanted:
            yield f"The wording has {what} for {key}, which the definition does not have."
    if groups is not None and not isinstance(groups, dict):
        yield f"What stands under {what} is no list of names and texts."


def _group(groups: object, id: str) -> object:
    return groups.get(id) if isinstance(groups, dict) else None


def _are_two_texts(texts: object) -> bool:
    return isinstance(texts, list) and len(texts) == 2 and all(_is_text(one) for one in texts)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _with(measure: Measure, wording: Mapping[str, Any]) -> Measure:
    items = tuple(
        one.model_copy(update={"label": wording["items"][one.id].strip()}) for one in measure.items
    )
    responses = {id: _reworded(id, one, wording) for id, one in measure.responses.items()}
    # Made anew, not copied: a copy would keep what the labels' measure has already worked out.
    told = measure.model_dump(by_alias=True)
    told["items"] = [one.model_dump() for one in items]
    told["responses"] = {id: one.model_dump() for id, one in responses.items()}
    return Measure.model_validate(told)


def _reworded(id: str, responses: Responses, wording: Mapping[str, Any]) -> Responses:
    if responses.options:
        texts = wording["options"][id]
        options = tuple(
            one.model_copy(update={"label": texts[one.value].strip()}) for one in responses.options
        )
        return responses.model_copy(update={"options": options})
    if responses.anchors:
        left, right = wording["anchors"][id]
        return responses.model_copy(update={"anchors": (left.strip(), right.strip())})
    return responses
