"""The journeys need Chromium. Where it is missing and can be installed, install it."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def main() -> int:
    if find_browser():
        return 0
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.stderr.write(
            "The journeys need Chromium. Install it with your system's packages, for example:\n"
            "    sudo apt-get install chromium\n"
        )
        return 1
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *command], check=True, env=environment)
    return 0 if find_browser() else 1


if __name__ == "__main__":
    sys.exit(main())
