from tests.record.config.embedded_postgres_folders import (
    closed_folder,
    data_home,
    made_before,
    open_folder,
)
from tests.record.config.newel_processes import newel_process, running

__all__ = ["closed_folder", "data_home", "made_before", "newel_process", "open_folder", "running"]
