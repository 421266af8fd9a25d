"""The briefing as a tagged PDF, printed by Chromium or Chrome."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.problems import BuildError, Finding

_PATH = "briefing.pdf"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
_TIMEOUT = 300
"""Seconds that the browser may take. A long briefing takes a few."""
_DATE = re.compile(rb"/(CreationDate|ModDate) ?\(D:[^)]*\)")


def print_pdf(page: Rendered) -> Rendered:
    """Print a page that needs no other file. Equal pages give equal files, since the date of printing is replaced."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        hint = "install one (on Debian: apt-get install chromium), or build without --pdf"
        finding = Finding("no-browser", "Chromium or Chrome is needed to print the PDF, and neither was found", hint)
        raise BuildError([finding.at("")])
    with TemporaryDirectory(prefix="briefing-") as folder:
        source, target = Path(folder, "briefing.html"), Path(folder, "briefing.pdf")
        source.write_bytes(page.data.value)
        command = [browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        command += ["--disable-component-update", "--disable-sync", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # the sandbox does not work for root
        done = subprocess.run(
            [*command, f"--print-to-pdf={target}", source.as_uri()], capture_output=True, timeout=_TIMEOUT, check=False
        )
        if not target.is_file():
            reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            problem = Finding("no-browser", f"{Path(browser).name} printed nothing: {reason}").at("")
            raise BuildError([problem])
        printed = _DATE.sub(_with_fixed_date, target.read_bytes())
    return Rendered(_PATH, Hashed.of(printed), size=len(printed))


def _with_fixed_date(match: re.Match[bytes]) -> bytes:
    """Return the date of no printing, in as many bytes: a PDF contains the offsets of its parts."""
    return re.sub(rb"\d{14}", b"20000101000000", match[0], count=1)
