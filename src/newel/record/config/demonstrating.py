"""`newel demo`: the demo estate, made once and kept, and served."""

import sys

import django

from newel.record.config import place
from newel.record.config.starting import DEMO_DATABASE


def demonstrate(*, port: int, reset: bool, children: int, seed: int, load_only: bool) -> int:
    from newel.record.config import migrating, serving

    if not (load_only or serving.is_free("127.0.0.1", port)):
        return 1
    if reset:
        migrating.drop(DEMO_DATABASE)
        place.audit_heads(DEMO_DATABASE).unlink(missing_ok=True)
    if not migrating.exists(DEMO_DATABASE):
        migrating.create(DEMO_DATABASE)
    if not serving.migrate_in_own_process():
        return 1
    django.setup()
    _load(children=children, seed=seed)
    if load_only:
        return 0
    _say_where(port)
    return serving.serve(host="127.0.0.1", port=port, workers=2)


def _load(*, children: int, seed: int) -> None:
    from newel.record.demo import generating, loading

    if not loading.is_loaded():
        sys.stdout.write("Loading the demo estate …\n")
        loading.load()
    if children:
        generating.generate(children=children, seed=seed, say=sys.stdout.write)


def _say_where(port: int) -> None:
    sys.stdout.write(
        f"\nNewel’s demo is at http://127.0.0.1:{port}\n"
        "Go there first: choose a residential worker, and open “How to be with me”.\n"
        f"Its data is kept in {place.data_home()}. Press Ctrl+C to stop.\n\n"
    )
    sys.stdout.flush()
