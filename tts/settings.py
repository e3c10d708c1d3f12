"""Settings: `configs/service.yaml`, over it the file named by `YINSE_CONFIG`, over both the environment `YINSE_*`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)

from tts.errors import OptionError, sentence_language
from tts.sentences import Language

ROOT: Final = Path(__file__).resolve().parents[1]
DEFAULTS: Final = ROOT / "configs" / "service.yaml"
PREFIX: Final = "YINSE_"


def _from_root(path: Path) -> Path:
    return path.expanduser() if path.expanduser().is_absolute() else ROOT / path


Folder = Annotated[Path, AfterValidator(_from_root)]
OptionalFile = Annotated[Folder | None, BeforeValidator(lambda value: value or None)]


class Settings(BaseSettings):
    """One frozen value for the whole process; the meaning of each field stands in `configs/service.yaml`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    host: str = Field(min_length=1)
    port: int = Field(ge=0, le=65535)
    data_dir: Folder
    cache_dir: Folder
    bundle: str
    device: Literal["auto", "cpu", "cuda"]
    threads: int = Field(ge=0, le=1024)
    max_upload_bytes: int = Field(gt=0)
    min_reference_seconds: float = Field(gt=0)
    max_reference_seconds: float = Field(gt=0)
    max_recording_seconds: float = Field(gt=0)
    reference_hours: float = Field(gt=0)
    max_text_characters: int = Field(gt=0)
    glossary: OptionalFile
    longest_segment: int = Field(ge=10, le=200)
    emoji: Literal["drop", "speak"]
    words_url: str = Field(pattern=r"^(https?://\S+)?$")
    words_model: str
    words_seconds: float = Field(gt=0, le=120)
    history_days: float = Field(ge=0)
    quota_megabytes: int = Field(ge=10)
    total_megabytes: int = Field(ge=10)
    language: str
    log_level: Literal["debug", "info", "warning", "error"]
    log_format: Literal["auto", "json", "console"]

    if TYPE_CHECKING:
        # Every field comes from the files or the environment, so a caller need give none.
        def __init__(self, **values: Any) -> None: ...

    @property
    def sentence_language(self) -> Language:
        """Language in which to speak to the person at this machine."""
        return sentence_language(self.language or environment_language(os.environ))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments over environment over the operator's file over ours."""
        files = [Path(own)] if (own := os.environ.get(f"{PREFIX}CONFIG")) else []
        layers = (YamlConfigSettingsSource(settings_cls, file) for file in (*files, DEFAULTS))
        return init_settings, env_settings, *layers


def environment_language(environment: Mapping[str, str]) -> str:
    """Language tag that `YINSE_LANGUAGE`, or else the locale, asks for; for errors met before there are settings."""
    names = (f"{PREFIX}LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in names if (value := environment.get(name))), "en")


def load_settings(**values: Any) -> Settings:
    """The settings of this process; `values` go over every other source. A wrong one is an `OptionError`."""
    own = os.environ.get(f"{PREFIX}CONFIG")
    for file in (DEFAULTS, *([Path(own)] if own else [])):
        _check_file(file)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(".".join(map(str, first["loc"])), first["msg"]) from None
    if settings.min_reference_seconds > settings.max_reference_seconds:
        raise _wrong("min_reference_seconds", "greater than max_reference_seconds")
    return settings


def _check_file(file: Path) -> None:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(str(file), " ".join(str(error).split())) from None
    if not isinstance(content, dict | None):
        raise _wrong(str(file), "not a list of “name: value”")


def _wrong(setting: str, reason: str) -> OptionError:
    variable = f"{PREFIX}{setting.upper()}" if setting in Settings.model_fields else f"{PREFIX}CONFIG"
    return OptionError("option_setting", setting=setting, reason=reason.rstrip("."), variable=variable)
