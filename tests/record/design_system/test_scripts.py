import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).with_name("scripts_in_a_browser.py")


def test_the_scripts_do_what_they_say_in_a_real_browser() -> None:
    outside = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", str(SCRIPTS)],
        capture_output=True,
        text=True,
        check=False,
        env=outside,
        cwd=SCRIPTS.parents[3],
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
