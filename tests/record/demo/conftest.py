from tests.record.config.newel_command import demo_set_up, loaded_demo, new_set_up, own_demo

__all__ = ["demo_set_up", "loaded_demo", "new_set_up", "own_demo"]
