"""The version and the licences are said once in the code, and the files beside it agree."""

from __future__ import annotations

import os
import re
from pathlib import Path

import yaml

from config.release import RELEASE
from tests.deployment.test_compose import SUPPORTED_PYTHONS

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text()


def test_the_changelogs_newest_numbered_heading_is_this_version() -> None:
    numbered = re.findall(r"^## (\d+\.\d+\.\d+)", text("CHANGELOG.md"), re.MULTILINE)
    assert numbered[0] == RELEASE.version


def test_the_citation_names_this_version_and_the_codes_licence() -> None:
    """With the keys that the Citation File Format 1.2.0 asks for."""
    citation = yaml.safe_load(text("CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert (citation["type"], citation["version"]) == ("software", RELEASE.version)
    assert citation["license"] == RELEASE.code.spdx


def test_each_licence_has_its_text_and_the_readme_names_both() -> None:
    files = {"LICENSE": RELEASE.code, "LICENSE-DATA": RELEASE.data}
    for file, licence in files.items():
        assert licence.name in text(file)
        assert f"[{licence.name}]({file})" in text("README.md")
    assert "Policy Tracker contributors" in text("LICENSE")
    for words in (text("LICENSE-DATA"), text("README.md")):
        assert "quotations and documents of others are excepted" in " ".join(words.split()).lower()


def test_a_public_host_runs_what_everybody_runs_on_supported_pythons() -> None:
    [job] = yaml.safe_load(text(".github/workflows/ci.yml"))["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert commands == [".ci/run"]
    assert os.access(ROOT / commands[0], os.X_OK)
    assert SUPPORTED_PYTHONS[0] in job["strategy"]["matrix"]["python"]
    assert set(job["strategy"]["matrix"]["python"]) <= set(SUPPORTED_PYTHONS)


def test_links_between_the_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(documents) > 15
    for document in documents:
        for target in re.findall(r"\]\(([^)#]+)", document.read_text()):
            assert target.startswith("https://") or (document.parent / target).exists(), f"{document.name}: {target}"
