"""Pictures and recordings of a site: what could run or load something refuses the whole wording."""

from pathlib import Path

import pytest
import yaml

from newel.evidence.measures import measure
from newel.evidence.measures.site_files import LARGEST, what_is_wrong
from newel.evidence.measures.wording import Wording, WordingRefused, wording_in
from tests.evidence.measures.test_wording import fitting

SVG = 'xmlns="http://www.w3.org/2000/svg"'
GOOD = f'<svg {SVG} viewBox="0 0 9 9"><!-- ours --><path d="M0 0h9" style="fill:red"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR"


def png(width: int, height: int) -> bytes:
    return PNG + width.to_bytes(4, "big") + height.to_bytes(4, "big")


def read(folder: Path, **more: object) -> Wording:
    text = yaml.safe_dump(fitting("evaluation_child") | more, allow_unicode=True)
    (folder / "evaluation_child.en.yaml").write_text(text, encoding="utf-8")
    found = wording_in(measure("evaluation_child"), folder, "en")
    assert found is not None
    return found


def refused(folder: Path, **more: object) -> str:
    with pytest.raises(WordingRefused) as refusal:
        read(folder, **more)
    return str(refusal.value)


def picture(folder: Path, **told: object) -> dict[str, object]:
    (folder / "one.svg").write_text(GOOD, encoding="utf-8")
    return {"items": {"evaluation_child_01": {"file": "one.svg", "alt": "A book"} | told}}


def test_a_picture_stands_beside_a_question_and_an_answer(tmp_path: Path) -> None:
    told = picture(tmp_path)
    told["options"] = {"how_much": {0: {"file": "one.svg", "decorative": True}}}
    beside = read(tmp_path, pictures=told).beside
    assert beside.items["evaluation_child_01"].alt == "A book"
    assert beside.options["how_much", 0].alt == ""
    assert beside.options["how_much", 0].file == tmp_path / "one.svg"


def test_a_recording_stands_beside_a_question(tmp_path: Path) -> None:
    (tmp_path / "one.ogg").write_bytes(b"OggS")
    found = read(tmp_path, recordings={"evaluation_child_02": "one.ogg"})
    assert found.beside.recordings == {"evaluation_child_02": tmp_path / "one.ogg"}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"alt": ""}, "Say what the picture of evaluation_child_01 shows"),
        ({"alt": "A book", "decorative": True}, "Say what the picture"),
        ({"file": "../one.svg"}, "needs a plain name"),
        ({"file": "/etc/one.svg"}, "needs a plain name"),
        ({"file": "one.gif"}, "ends in .svg or .png"),
        ({"file": "other.svg"}, "other.svg is not there"),
        ({"size": 3}, "either “alt:” or “decorative: true”"),
    ],
)
def test_a_picture_says_its_file_and_what_it_shows(
    tmp_path: Path, told: dict[str, object], why: str
) -> None:
    assert why in refused(tmp_path, pictures=picture(tmp_path, **told))


def test_a_picture_without_alt_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.svg").write_text(GOOD, encoding="utf-8")
    told = {"items": {"evaluation_child_01": {"file": "one.svg"}}}
    assert "Say what the picture" in refused(tmp_path, pictures=told)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"pictures": {"items": {"cbi_01": {}}}}, "question cbi_01, which the definition does not"),
        ({"pictures": {"options": {"how_much": {9: {}}}}}, "answer of how_much 9"),
        ({"pictures": {"lines": {}}}, "no “items:” and “options:”"),
        ({"pictures": {"items": ["one.svg"]}}, "no list of names and files"),
        ({"recordings": ["one.ogg"]}, "no list of names and files"),
        ({"recordings": {"cbi_01": "one.ogg"}}, "recording for question cbi_01"),
        ({"recordings": {"evaluation_child_01": "one.wav"}}, "ends in .mp3 or .ogg"),
        ({"direction": "up"}, "“ltr” or “rtl”"),
        ({"called": " "}, "What the language is called is empty"),
    ],
)
def test_what_belongs_to_nothing_is_refused(
    tmp_path: Path, more: dict[str, object], why: str
) -> None:
    assert why in refused(tmp_path, **more)


@pytest.mark.parametrize(
    "bad",
    [
        f"<svg {SVG}><script>alert(1)</script></svg>",
        f'<svg {SVG} onload="alert(1)"/>',
        f'<svg {SVG}><path ONCLICK="x()"/></svg>',
        f'<svg {SVG}><a href="javascript:x()"><path/></a></svg>',
        f'<svg {SVG} xmlns:x="http://www.w3.org/1999/xlink"><path x:href="https://e.test/"/></svg>',
        f'<svg {SVG}><image href="https://elsewhere.test/x.png"/></svg>',
        f'<svg {SVG}><use href="#a"/></svg>',
        f'<svg {SVG}><foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject></svg>',
        f"<svg {SVG}><style>@import url(https://elsewhere.test/)</style></svg>",
        f'<svg {SVG}><path style="fill:url(https://elsewhere.test/#a)"/></svg>',
        f'<svg {SVG}><path style="fill:u\\72l(https://elsewhere.test/#a)"/></svg>',
        f'<svg {SVG}><animate attributeName="href" to="javascript:x()"/></svg>',
        f'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg {SVG}><text>&a;</text></svg>',
        f'<?xml-stylesheet href="https://elsewhere.test/"?><svg {SVG}/>',
        "<svg><path/></svg>",
        "<html/>",
        "no picture",
        "",
    ],
)
def test_an_svg_that_does_more_than_draw_is_refused(tmp_path: Path, bad: str) -> None:
    """H5"""
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / "bad.svg").write_bytes(bad.encode(encoding))
        assert what_is_wrong(tmp_path / "bad.svg")
    (tmp_path / "good.svg").write_text(GOOD, encoding="utf-8")
    assert not what_is_wrong(tmp_path / "good.svg")


@pytest.mark.parametrize(
    ("name", "content", "is_good"),
    [
        ("a.png", png(300, 200), True),
        ("a.png", png(30_000, 200), False),
        ("a.png", b"GIF89a", False),
        ("a.mp3", b"ID3", True),
        ("a.mp3", b"\xff\xfb\x90", True),
        ("a.mp3", b"<html>", False),
        ("a.ogg", b"OggS", True),
        ("a.ogg", b"<svg/>", False),
        ("a.wav", b"RIFF", False),
    ],
)
def test_a_file_is_what_its_name_says(
    tmp_path: Path, name: str, content: bytes, is_good: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    assert (not what_is_wrong(tmp_path / name)) == is_good


@pytest.mark.parametrize("ending", LARGEST)
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"large{ending}"
    file.write_bytes(bytes(LARGEST[ending] + 1))
    assert "larger than" in what_is_wrong(file)


def test_a_measure_of_which_only_scores_are_entered_has_no_wording_in_any_language(
    tmp_path: Path,
) -> None:
    (tmp_path / "sdq.cy.yaml").write_text("measure: sdq\n", encoding="utf-8")
    with pytest.raises(WordingRefused, match="no electronic form"):
        wording_in(measure("sdq"), tmp_path, "cy")


@pytest.mark.parametrize("language", ["english", "../cy", "CY", "cy-" + "a" * 8])
def test_a_language_is_a_code(tmp_path: Path, language: str) -> None:
    with pytest.raises(WordingRefused, match="is no language"):
        wording_in(measure("ors"), tmp_path, language)
