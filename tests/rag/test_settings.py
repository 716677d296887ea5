"""Settings from the environment or a `.env` file; each bad one is named with its value."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from rag.errors import SettingsError
from rag.settings import Settings, load_settings

PLAIN = Settings(_env_file=None)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.delenv("RAG_HOME")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert settings == PLAIN
    assert (settings.home, settings.port, settings.llm) == (Path("library"), 8000, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RAG_PORT", "70000"),
        ("RAG_PORT", "-1"),
        ("RAG_PORT", "八千"),
        ("RAG_EMBEDDING_MODEL", ""),
        ("RAG_EMBEDDING_BATCH_SIZE", "0"),
        ("RAG_LLM_TIMEOUT", "0"),
        ("RAG_LLM_TIMEOUT", "nan"),
        ("RAG_LLM_TIMEOUT", "inf"),
        ("RAG_LLM_TIMEOUT", "1e10"),
        ("RAG_LLM_PARAGRAPHS", "0"),
        ("RAG_LLM_TOKENS", "10"),
        ("RAG_LLM_OPTIONS", "{"),
        ("RAG_LLM_REWRITE", "也许"),
        ("RAG_TOP_K", "101"),
        ("RAG_TOP_K", "1.5"),
        ("RAG_CANDIDATES", "0"),
        ("RAG_ANSWER_SENTENCES", "none"),
        ("RAG_REFUSAL_THRESHOLD", "1.01"),
        ("RAG_REFUSAL_THRESHOLD", "-0.1"),
        ("RAG_REFUSAL_THRESHOLD", "nan"),
        ("RAG_QUESTION_CHARACTERS", "0"),
        ("RAG_HISTORY_TURNS", "-1"),
        ("RAG_FILE_BYTES", "10MB"),
        ("RAG_UPLOAD_FILES", ""),
    ],
)
def test_a_bad_setting_is_named_with_its_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert f"{name}={value!r}" in str(caught.value)
    assert ".env" in str(caught.value)


def test_parameters_of_the_model_are_written_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_LLM_OPTIONS", '{"extra_body": {"enable_thinking": false}}')
    assert load_settings().llm_options == {"extra_body": {"enable_thinking": False}}
    assert PLAIN.llm_options == {}


def test_all_bad_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_PORT", "x")
    monkeypatch.setenv("RAG_TOP_K", "y")
    with pytest.raises(SettingsError, match=r"RAG_PORT='x'.*RAG_TOP_K='y'"):
        load_settings()


def test_the_file_is_read_and_the_environment_goes_before_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "# 注释\nRAG_LLM=通义千问\nRAG_PORT=9000\nRAG_TOP_K=3\nANOTHER=1\n"
    (folder / ".env").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("RAG_PORT", "9001")
    settings = load_settings()
    assert (settings.llm, settings.port, settings.top_k) == ("通义千问", 9001, 3)


def test_a_bad_value_in_the_file_is_named_too(folder: Path) -> None:
    (folder / ".env").write_text("RAG_PORT=九千\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="RAG_PORT='九千'"):
        load_settings()


def test_a_file_in_another_charset_is_refused_with_the_way_out(folder: Path) -> None:
    (folder / ".env").write_bytes("RAG_LLM=通义千问\n".encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_nothing_can_be_changed_afterwards() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PLAIN.port = 1
    assert PLAIN.port == 8000


def test_the_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_LLM_API_KEY", "sk-very-secret")
    settings = load_settings()
    assert "sk-very" not in f"{settings!r}{settings}"
    assert settings.llm_api_key is not None
    assert settings.llm_api_key.get_secret_value() == "sk-very-secret"


def test_every_setting_is_described_in_chinese() -> None:
    for name, field in Settings.model_fields.items():
        assert any("\u4e00" <= character <= "\u9fff" for character in field.description or ""), name
