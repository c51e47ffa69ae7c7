"""Settings: where a value comes from, and what is refused."""

from dataclasses import fields
from pathlib import Path

import pytest

from kg_build.errors import SettingsError
from kg_build.settings import PREFIX, Settings, load


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "zhengtu.toml"
    path.write_text('port = 3\nhost = "0.0.0.0"\nworkers = 4\n', encoding="utf-8")
    return path


def test_without_anything_said_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load(environment={}) == Settings()


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(file):
    settings = load(
        {"port": 1, "workers": None},
        environment={"ZHENGTU_PORT": "2", "ZHENGTU_WORKERS": "5"},
        file=file,
    )
    assert (settings.port, settings.workers, settings.host) == (1, 5, "0.0.0.0")
    assert settings.data == Settings().data


def test_an_empty_variable_says_nothing():
    assert load(environment={"ZHENGTU_HOST": ""}).host == Settings().host


def test_paths_are_paths_whatever_they_came_from():
    settings = load({"data": "a"}, environment={"ZHENGTU_DOCUMENTS": "b"})
    assert (settings.data, settings.documents) == (Path("a"), Path("b"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "eighty"),
        ("port", "65536"),
        ("port", "-1"),
        ("workers", "0"),
        ("query_seconds", "1.5"),
        ("max_rows", "0"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=f"{PREFIX}{name.upper()}.*{name}"):
        load(environment={PREFIX + name.upper(): value})


@pytest.mark.parametrize(
    ("text", "says"),
    [("prot = 1", "port, workers"), ("port =", "TOML|value"), ('port = "x"', "port")],
)
def test_a_faulty_file_is_refused_by_name(tmp_path, text, says):
    path = tmp_path / "zhengtu.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=f"(?s)zhengtu.toml.*({says})|Invalid"):
        load(environment={}, file=path)


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load(environment={}, file=tmp_path / "nowhere.toml")


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda f: f.name)
def test_each_setting_has_a_sentence_in_two_languages(setting):
    assert setting.metadata["zh"].endswith("。")
    assert setting.metadata["en"].endswith(".")
