"""What the compose file and the image say, held against the settings, the commands and the requirements."""

import os
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
SUPPORTED_PYTHONS = ("3.11", "3.12", "3.13", "3.14")
STAFF_SERVICES = ("migrate", "staff", "worker", "tick")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    parsed: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return parsed["services"]


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


class RecordingEnviron(dict[str, str]):
    """An environment that remembers which names it was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


def environment(service: dict[str, Any]) -> dict[str, str]:
    """The environment of a service as compose would hand it over, each variable replaced by its own name."""
    return {
        name: re.sub(r"\$\{(\w+)[^}]*\}", lambda match: match[1].lower().replace("_", "-"), value)
        for name, value in service["environment"].items()
    }


def settings_under(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], set[str]]:
    """The settings of a process that has only `values` in its environment, and the names that they asked for."""
    environ = RecordingEnviron(values)
    monkeypatch.setattr(os, "environ", environ)
    return runpy.run_path(str(ROOT / "config" / "settings.py")), environ.asked


@pytest.mark.parametrize("name", [*STAFF_SERVICES, "public"])
def test_settings_start_under_a_services_environment_and_read_every_name_of_it(
    name: str, services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = environment(services[name])
    settings, asked = settings_under(values, monkeypatch)
    assert set(values) - asked == set()
    assert settings["DEBUG"] is False


def test_every_name_that_settings_read_is_in_the_guide(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (ROOT / "docs" / "deploying.md").read_text()
    table = {
        name
        for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", guide, re.MULTILINE)
        for name in re.findall(r"[A-Z_]+", row)
    }
    _, asked = settings_under(environment(services["staff"]), monkeypatch)
    served = (ROOT / "config" / "serve.py").read_text()
    assert asked | set(re.findall(r'environ\.get\("([A-Z_]+)"', served)) == table


@pytest.mark.parametrize("name", STAFF_SERVICES)
def test_staff_services_own_the_record_the_edition_and_the_inbox(
    name: str, services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = settings_under(environment(services[name]), monkeypatch)[0]["DATABASES"]
    assert [(database["NAME"], database["USER"]) for database in databases.values()] == [
        ("record", "tracker"),
        ("published", "tracker"),
        ("inbox", "tracker"),
    ]


def test_public_service_knows_the_edition_and_the_inbox_as_its_reader(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = environment(services["public"])
    settings, _ = settings_under(values, monkeypatch)
    assert "DATABASE_URL" not in values
    assert settings["PUBLIC_ONLY"] is True
    assert settings["DATABASES"]["default"] == {}
    assert settings["DATABASES"]["published"]["NAME"] == "published"
    assert settings["DATABASES"]["published"]["USER"] == "public_reader"
    assert settings["DATABASES"]["inbox"]["USER"] == "public_reader"


def test_public_service_has_another_key_and_no_password_of_the_owner(services: dict[str, Any]) -> None:
    public, staff = services["public"]["environment"], services["staff"]["environment"]
    assert public["SECRET_KEY"] != staff["SECRET_KEY"]
    assert "TRACKER_PASSWORD" not in str(public)


def test_the_public_may_only_read_the_files_that_are_published(
    services: dict[str, Any], dockerfile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_under(environment(services["staff"]), monkeypatch)[0]
    private, published = str(settings["FILES_ROOT"]), str(settings["PUBLISHED_FILES_ROOT"])
    for name in STAFF_SERVICES:
        assert services[name]["volumes"] == [f"files:{private}", f"published-files:{published}"]
    # Past editions are its own: made of what is published, and never read by anybody else.
    editions = "/var/lib/policy-tracker/editions"
    assert services["public"]["volumes"] == [f"published-files:{published}:ro", f"editions:{editions}"]
    assert f"EDITIONS_ROOT={editions}" in dockerfile
    assert "FILES_ROOT" not in services["public"]["environment"]
    assert services["public"]["environment"]["PUBLISHED_FILES_ROOT"] == published
    # A new volume takes its owner from the folder in the image, so the two must be the same folder.
    assert f"    FILES_ROOT={private}" in dockerfile
    assert f"PUBLISHED_FILES_ROOT={published}" in dockerfile


def test_every_management_command_named_in_a_deployment_exists(dockerfile: str) -> None:
    texts = [
        dockerfile,
        *((ROOT / name).read_text() for name in ("docker-compose.yml", "docs/deploying.md", "Makefile")),
    ]
    named = {name for text in texts for name in re.findall(r"(?:manage\.py|\$\(MANAGE\))[\", ]+([a-z_]+)", text)}
    assert {"migrate", "sync_published", "db_worker", "tick", "collectstatic", "set_up"} <= named
    assert named - set(get_commands()) == set()


def test_files_named_in_a_deployment_exist(services: dict[str, Any], dockerfile: str) -> None:
    named = re.findall(r"deploy/[\w.-]+", dockerfile + (ROOT / "docs/deploying.md").read_text())
    mounted = [volume.split(":")[0] for volume in services["db"]["volumes"] if volume.startswith("./")]
    assert mounted
    assert [name for name in [*named, *mounted] if not (ROOT / name.rstrip(".")).exists()] == []


def test_image_runs_a_supported_python_and_installs_by_hash(dockerfile: str) -> None:
    version = re.search(r"^FROM python:(\d+\.\d+)-slim$", dockerfile, re.MULTILINE)
    assert version is not None
    assert version[1] in SUPPORTED_PYTHONS
    assert "pip install --no-cache-dir --require-hashes -r requirements.txt" in dockerfile


def test_image_runs_as_nobody_in_particular_and_is_reached_from_outside_its_container(dockerfile: str) -> None:
    instructions = re.findall(r"^(USER|CMD) (.*)$", dockerfile, re.MULTILINE)
    assert instructions[0] == ("USER", "policy-tracker")
    assert instructions[1][1] == '["python", "-m", "config.serve"]'
    assert "BIND=0.0.0.0" in dockerfile


def test_ignored_files_are_not_what_the_image_needs() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    needed = {
        "requirements.txt",
        "manage.py",
        "config",
        "api",
        "dashboard",
        "seeds",
        "tracker",
        "inbox",
        "snapshots",
        "jurisdictions",
        "deploy",
    }
    assert needed & set(ignored) == set()
    assert {".*", "*.sqlite3*", "files", "tests"} <= set(ignored)


def test_database_is_postgresql_17(services: dict[str, Any]) -> None:
    assert services["db"]["image"] == "postgres:17"


def test_web_services_listen_on_this_machine_alone_and_wait_for_the_migrations(services: dict[str, Any]) -> None:
    for name in ("staff", "public", "worker", "tick"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
        assert all(port.startswith("127.0.0.1:") for port in services[name].get("ports", []))


def test_every_variable_of_the_compose_file_is_in_the_example(services: dict[str, Any]) -> None:
    asked = set(re.findall(r"\$\{(\w+)", str(services)))
    offered = set(re.findall(r"^(\w+)=", (ROOT / "deploy/env.example").read_text(), re.MULTILINE))
    assert asked == offered


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_versions_and_hashes_and_no_registry(name: str) -> None:
    text = (ROOT / name).read_text()
    blocks = re.split(r"\n(?=[a-z])", text.split("\n", 2)[2])
    assert len(blocks) > 40
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==\S+", block), block
        assert "--hash=sha256:" in block
    assert re.search(r"://|--index|--find-links", text) is None


def test_development_lock_holds_the_very_versions_of_the_products_lock() -> None:
    product, development = (
        set(re.findall(r"^[a-z0-9-]+==[^\\\n]+", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert product <= development
