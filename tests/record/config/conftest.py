from tests.record.config.embedded_postgres_folders import (
    closed_folder,
    data_home,
    made_before,
    open_folder,
)
from tests.record.config.newel_command import demo_set_up, loaded_demo, new_set_up, own_demo
from tests.record.config.newel_processes import newel_process, running

__all__ = [
    "closed_folder",
    "data_home",
    "demo_set_up",
    "loaded_demo",
    "made_before",
    "new_set_up",
    "newel_process",
    "open_folder",
    "own_demo",
    "running",
]
