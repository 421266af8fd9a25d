"""What others measure: is the HTML valid, and how does a page do on a slow phone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY

TOOLS = REPOSITORY / ".venv" / "tools" / "node_modules" / ".bin"
"""Where `make test-browser` puts them."""
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


@pytest.mark.slow
def test_every_page_is_valid_html(output: Path) -> None:
    """Every page keeps the rules of html-validate, all those that it recommends but two.

    Titles may be long. The type of a button makes a difference only in a form, and no page has one.
    """
    rules = REPOSITORY / "tests" / "browser" / "tools" / "htmlvalidate.json"
    command = [str(TOOLS / "html-validate"), "--config", str(rules), "--formatter", "text", f"{output}/**/*.html"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (0, "") == (done.returncode, done.stdout + done.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["", "briefs/five-minutes/", "timeline/", "recommendations/"])
def test_a_slow_phone_is_served_well(home: str, address: str, tmp_path: Path) -> None:
    """Lighthouse, as a slow phone, finds nothing to fix and almost no wait, and nothing moves while loading."""
    program = next(path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path)
    report = tmp_path / "report.json"
    flags = "--chrome-flags=--headless=new --no-sandbox"
    command = [str(TOOLS / "lighthouse"), home + address, "--quiet", flags, "--output=json", f"--output-path={report}"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": program})
    told = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round(100 * part["score"]) for name, part in told["categories"].items()}
    assert {} == {name: score for name, score in scores.items() if score < LEAST[name]}
    assert told["audits"]["cumulative-layout-shift"]["numericValue"] <= 0.01
