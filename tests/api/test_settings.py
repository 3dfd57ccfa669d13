from pathlib import Path

import pytest
from pydantic import ValidationError

from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ORBICULARIS_{name.upper()}", raising=False)


def test_nothing_need_be_set() -> None:
    settings = Settings()
    assert settings.profile is Profile.DEVELOPMENT
    assert settings.rules == Path("rules")
    assert settings.origins == ("*",)
    assert settings.max_body_bytes == 16 * 1024 * 1024


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORBICULARIS_PROFILE", "production")
    monkeypatch.setenv("ORBICULARIS_RULES", "/srv/rules")
    monkeypatch.setenv("ORBICULARIS_CORS_ORIGINS", "https://a.example.org, http://localhost:8000")
    monkeypatch.setenv("ORBICULARIS_MAX_BODY_BYTES", "1000")
    settings = Settings()
    assert settings.profile is Profile.PRODUCTION
    assert settings.rules == Path("/srv/rules")
    assert settings.cors_origins == ("https://a.example.org", "http://localhost:8000")
    assert settings.max_body_bytes == 1000


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORBICULARIS_CORS_ORIGINS", "")
    assert Settings().origins == ("*",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROFILE", "test"),
        ("HOOKS", "patient-view, order-dispatch"),
        ("CORS_ORIGINS", "*, https://a.example.org"),
        ("CORS_ORIGINS", "a.example.org"),
        ("CORS_ORIGINS", "https://a.example.org/path"),
        ("MAX_BODY_BYTES", "0"),
        ("MAX_BODY_BYTES", "lots"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_an_unusable_value_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"ORBICULARIS_{name}", value)
    with pytest.raises(ValidationError, match=f"(?m)^{name.lower()}$"):
        Settings()
