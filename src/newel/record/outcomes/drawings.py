"""Newel's own drawings beside questions. Only beside labels of its own, and only where the licence
says nothing against it: what stands beside a question can change what it asks."""

from importlib import resources
from pathlib import Path

from newel import definitions
from newel.evidence.measures import Measure
from newel.evidence.measures.beside import Beside, Picture


def own_drawings(measure: Measure) -> Beside:
    """measure: with its labels. Nothing where its wording comes from somebody who lets nobody
    change it (`may_ship` other than “labels”)."""
    told = definitions.read("asking/drawings.yaml")["measures"].get(measure.id, {})
    if measure.licence.may_ship != "labels":
        return Beside()
    folder = Path(str(resources.files(definitions))) / "asking" / "drawings"
    return Beside(items={item: Picture(folder / f"{name}.svg") for item, name in told.items()})
