"""Templates of the tests' own, as a room would have them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import ChoiceLoader, FileSystemLoader


@pytest.fixture(autouse=True)
def templates_of_the_tests() -> Iterator[None]:
    env = engines.all()[0].env
    assert isinstance(env.loader, ChoiceLoader)
    ours = FileSystemLoader(Path(__file__).parent / "templates")
    env.loader.loaders = [*env.loader.loaders, ours]
    yield
    env.loader.loaders = [loader for loader in env.loader.loaders if loader is not ours]
