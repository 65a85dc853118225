"""A site's own wording over the labels: it fits in everything, or it is refused."""

import subprocess
from pathlib import Path

import pytest
import yaml

from newel.evidence.measures import Measure, measure, score
from newel.evidence.measures.wording import WordingRefused, laid_over, worded

REPOSITORY = Path(__file__).parents[3]


def fitting(id: str) -> dict[str, object]:
    """Wording for a measure that fits; the words themselves are nobody's."""
    found = measure(id)
    told: dict[str, object] = {
        "measure": id,
        "version": found.version,
        "language": "en",
        "items": {one.id: f"Words of {one.id}" for one in found.items},
    }
    lists = {name: one for name, one in found.responses.items() if one.options}
    if lists:
        told["options"] = {
            name: {option.value: f"Words of {option.value}" for option in one.options}
            for name, one in lists.items()
        }
    lines = [name for name, one in found.responses.items() if one.anchors]
    if lines:
        told["anchors"] = {name: ["Words at the left", "Words at the right"] for name in lines}
    return told


def as_text(wording: object) -> str:
    return yaml.safe_dump(wording, allow_unicode=True)


def refused(found: Measure, wording: object, language: str | None = None) -> str:
    text = wording if isinstance(wording, str) else as_text(wording)
    with pytest.raises(WordingRefused) as refusal:
        laid_over(found, text, language)
    assert all(one.endswith((".", ").")) for one in refusal.value.faults)
    return str(refusal.value)


@pytest.mark.parametrize("id", ["essences", "honosca", "cgas", "start_av", "evaluation_staff"])
def test_wording_that_fits_replaces_every_label_and_nothing_else(id: str) -> None:
    found = laid_over(measure(id), as_text(fitting(id)))
    assert [one.label for one in found.items] == [f"Words of {one.id}" for one in found.items]
    for responses in found.responses.values():
        assert all(one.label == f"Words of {one.value}" for one in responses.options)
        assert responses.anchors in (None, ("Words at the left", "Words at the right"))
    labels = {"items", "responses"}
    assert found.model_dump(exclude=labels) == measure(id).model_dump(exclude=labels)
    assert [one.values for one in found.responses.values()] == [
        one.values for one in measure(id).responses.values()
    ]


def test_wording_changes_no_score() -> None:
    answers = {one.id: 1 for one in measure("essences").items}
    found = laid_over(measure("essences"), as_text(fitting("essences")))
    assert score(found, answers) == score(measure("essences"), answers)


def test_wording_of_another_measure_is_refused() -> None:
    told = refused(measure("essences"), {**fitting("essences"), "measure": "cbi"})
    assert "The wording is for “cbi”, and this is EssenCES (essences)." in told


def test_wording_for_another_version_is_refused() -> None:
    told = refused(measure("essences"), {**fitting("essences"), "version": 2})
    assert "The wording is for version 2 of EssenCES; the definition is 1." in told


def test_wording_in_another_language_than_is_wanted_is_refused() -> None:
    told = refused(measure("essences"), {**fitting("essences"), "language": "cy"}, "en")
    assert "The wording says that it is in “cy”, and “en” is wanted." in told


def test_a_language_that_is_not_told_is_refused() -> None:
    wording = fitting("essences")
    del wording["language"]
    assert "does not say its language" in refused(measure("essences"), wording)


def test_an_item_without_words_is_refused() -> None:
    wording = fitting("essences")
    del wording["items"]["essences_03"]  # type: ignore[attr-defined]
    told = refused(measure("essences"), wording)
    assert told == "The wording has no text for item essences_03."


@pytest.mark.parametrize("text", ["", "   ", 4, None, True, ["a", "b"]])
def test_an_empty_text_or_a_number_is_refused(text: object) -> None:
    wording = fitting("essences")
    wording["items"]["essences_03"] = text  # type: ignore[index]
    told = refused(measure("essences"), wording)
    assert "The text for item essences_03 is empty or is no text" in told


def test_words_for_an_item_that_is_not_there_are_refused() -> None:
    wording = fitting("essences")
    wording["items"]["essences_18"] = "One too many"  # type: ignore[index]
    told = refused(measure("essences"), wording)
    assert "a text for item essences_18, which the definition does not have" in told


def test_options_that_do_not_match_are_refused() -> None:
    wording = fitting("essences")
    wording["options"] = {"how_much": {0: "a", 1: "b", 2: "c", 3: "d", 5: "e"}}
    told = refused(measure("essences"), wording)
    assert "The wording has no text for option of how_much 4." in told
    assert "a text for option of how_much 5, which the definition does not have" in told


def test_yes_is_not_taken_for_the_option_1() -> None:
    text = as_text(fitting("essences")).replace("    1: Words of 1\n", "    yes: Words of 1\n")
    assert "option of how_much True" in refused(measure("essences"), text)


def test_a_list_of_options_that_is_missing_or_too_many_is_refused() -> None:
    wording = fitting("essences")
    wording["options"] = {"how_often": {0: "never"}}
    told = refused(measure("essences"), wording)
    assert "The wording has no options for how_much." in told
    assert "The wording has options for how_often, which the definition does not have." in told


@pytest.mark.parametrize("ends", [["only one"], ["a", ""], "a and b", ["a", "b", "c"]])
def test_a_line_needs_words_at_both_ends(ends: object) -> None:
    wording = {**fitting("cgas"), "anchors": {"functioning": ends}}
    assert refused(measure("cgas"), wording) == "The ends of functioning need two texts."


def test_an_item_that_stands_twice_is_refused_and_not_overwritten() -> None:
    text = as_text(fitting("essences")) + "items:\n  essences_01: Other words\n"
    assert refused(measure("essences"), text) == "The wording has “items” twice."
    within = as_text(fitting("essences")).replace(
        "  essences_02:", "  essences_01: Other words\n  essences_02:"
    )
    assert refused(measure("essences"), within) == "The wording has “essences_01” twice."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "does not begin with “measure:”"),
        ("just words", "does not begin with “measure:”"),
        ("- essences_01", "does not begin with “measure:”"),
        ("measure: essences\nitems: {", "is no YAML. It stops making sense in line"),
        ("? [a, b]\n: c", "is no YAML"),
        ("measure: !!python/object:os.system {}", "is no YAML"),
        ("measure: essences\nitems: words\noptions: words", "no text for item essences_01"),
    ],
)
def test_what_is_no_wording_at_all_is_refused_in_a_sentence(text: str, told: str) -> None:
    assert told in refused(measure("essences"), text)


def test_a_word_that_nobody_reads_is_refused() -> None:
    told = refused(measure("essences"), {**fitting("essences"), "itmes": {}})
    assert told == "The wording has “itmes”, which means nothing here."


def test_the_sdq_takes_no_wording_because_it_may_have_no_electronic_form() -> None:
    assert "only its scores are entered" in refused(measure("sdq"), fitting("sdq"))


def test_without_a_folder_or_a_file_the_labels_show(tmp_path: Path) -> None:
    assert worded(measure("essences"), None) is measure("essences")
    assert worded(measure("essences"), tmp_path) is measure("essences")


def test_a_site_s_folder_holds_a_file_for_each_measure_and_language(tmp_path: Path) -> None:
    (tmp_path / "essences.cy.yaml").write_text(
        as_text({**fitting("essences"), "language": "cy"}), encoding="utf-8"
    )
    assert worded(measure("essences"), tmp_path, "en") is measure("essences")
    assert worded(measure("essences"), tmp_path, "cy").items[0].label == "Words of essences_01"


def test_a_file_in_another_language_than_its_name_says_is_refused(tmp_path: Path) -> None:
    (tmp_path / "essences.cy.yaml").write_text(as_text(fitting("essences")), encoding="utf-8")
    with pytest.raises(WordingRefused, match="says that it is in “en”"):
        worded(measure("essences"), tmp_path, "cy")


def test_a_file_that_is_not_utf_8_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "essences.en.yaml").write_bytes("measure: é".encode("cp1252"))
    with pytest.raises(WordingRefused, match=r"essences\.en\.yaml cannot be read"):
        worded(measure("essences"), tmp_path)


def test_a_language_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(WordingRefused, match="is no language"):
        worded(measure("essences"), tmp_path, "en/../../elsewhere")


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def test_no_wording_of_a_site_is_in_the_repository() -> None:
    files = tracked()
    assert "src/newel/evidence/measures/wording.py" in files
    assert not [path for path in files if "wording" in Path(path).parent.parts]
    laid = [path for path in files if path.endswith(tuple(f".{one}.yaml" for one in ("en", "cy")))]
    assert not laid


def test_git_ignores_a_folder_of_wording_wherever_it_is() -> None:
    for path in ("wording/essences.en.yaml", "src/newel/wording/cbi.en.yaml"):
        asked = subprocess.run(["git", "check-ignore", "-q", path], cwd=REPOSITORY, check=False)
        assert asked.returncode == 0
