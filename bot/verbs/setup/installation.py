"""What is set so far, and by whom; how one more setting is tried out and saved."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from bot import config
from bot.adapter.plugin import AdapterSettings, file_keys, secret_keys
from bot.adapter.setup import PlatformSetup
from bot.commands.registry import list_specs
from bot.config import CORE_SECTIONS, Plugins, Settings
from bot.config_values import DEFAULT_FILE, PREFIX
from bot.errors import Misconfigured
from bot.location import ServerDatabase
from bot.verbs.setup import settings_file
from bot.verbs.setup.conversation import Address


class Installation:
    """The settings of a file and an environment; `settings` are what both give together."""

    def __init__(self, file: Path | None, environ: Mapping[str, str], plugins: Plugins) -> None:
        self.path = (file or DEFAULT_FILE).absolute()
        self._environ = environ
        self._plugins = plugins
        self.settings = self._load(environ)
        specs = tuple(list_specs(has_pages=bool(self.settings.pages_url)).values())
        self.setups: dict[str, PlatformSetup[Any]] = {
            name: plugin.setup(specs) for name, plugin in plugins.items() if plugin.setup is not None
        }

    def begun(self) -> list[str]:
        """Return the platforms of which something is set, that can be set up here."""
        return [name for name in self.setups if self.section(name) != self._plugins[name].settings()]

    def section(self, name: str) -> AdapterSettings:
        """Return what is set of a platform."""
        section: AdapterSettings = self.settings.section(name, self._plugins[name].settings)
        return section

    def section_with(self, name: str, key: str, value: str) -> AdapterSettings:
        """Return what would be set of a platform with one more setting."""
        return msgspec.structs.replace(self.section(name), **{key: value})

    def variable_of(self, address: Address) -> str:
        """Return the variable of the environment that gives a setting; "" where none does."""
        names = (f"{PREFIX}{'__'.join(address)}{ending}".upper() for ending in ("", "_file"))
        return next((name for name in names if name in self._environ), "")

    def is_secret(self, address: Address) -> bool:
        """Return True if a setting is for nobody's eyes."""
        return address[1] in secret_keys(self._type_of(address[0]))

    def has(self, address: Address) -> bool:
        """Return True if this version of the program knows the setting."""
        section, key = address
        if section not in CORE_SECTIONS and section not in self._plugins:
            return False
        return key in {field.name for field in msgspec.structs.fields(self._type_of(section))}

    def value_of(self, address: Address) -> Any:
        """Return a setting of the core, or of a platform."""
        section, key = address
        return getattr(getattr(self.settings, section) if section in CORE_SECTIONS else self.section(section), key)

    def is_new(self, address: Address, value: str) -> bool:
        """Return True if a setting has another value now. Raises `Misconfigured` where it cannot have this one."""
        self.settings_with({address: value})
        return bool(self._typed(address, value) != self.value_of(address))

    def settings_with(self, values: Mapping[Address, str]) -> Settings:
        """Return what all settings would be with these. Raises `Misconfigured` where one is not taken."""
        added = {f"{PREFIX}{section}__{key}".upper(): value for (section, key), value in values.items()}
        files = {f"{name}_FILE" for name in added}
        try:
            return self._load({name: text for name, text in self._environ.items() if name not in files} | added)
        except Misconfigured as error:
            names = {name: f"[{section}] {key}" for name, (section, key) in zip(added, values, strict=True)}
            raise Misconfigured(*(_renamed(sentence, names) for sentence in error.sentences)) from error

    def save(self, values: Mapping[Address, str]) -> list[Path]:
        """Save settings, each secret in a file of its own, and return the files that were written.

        Raises `Misconfigured` where one is not taken or cannot be written.
        """
        self.settings_with(values)
        written = []
        for (section, key), value in values.items():
            if self.is_secret((section, key)) or self._has_password((section, key), value):
                secret = settings_file.secret_path(self.path, section, key)
                named = {f"{key}_file": str(secret), key: None}
                settings_file.after_change(self.path, section, named)  # before there is a secret that nothing names
                settings_file.save_secret(self.path, section, key, value)
                settings_file.change(self.path, section, named)
                written.append(secret)
            else:
                alone = {f"{key}_file": None} if key in file_keys(self._type_of(section)) else {}
                settings_file.change(self.path, section, {key: self._typed((section, key), value), **alone})
        self.settings = self._load(self._environ)
        return [*written, self.path]

    def _has_password(self, address: Address, value: str) -> bool:
        return address[1] in file_keys(self._type_of(address[0])) and bool(ServerDatabase(value).password)

    def _typed(self, address: Address, value: str) -> settings_file.Value:
        """Return a value as the settings file has it: numbers without quotes."""
        converted = getattr(msgspec.convert({address[1]: value}, self._type_of(address[0]), strict=False), address[1])
        is_plain = isinstance(converted, bool | int | float)
        return converted if is_plain else value

    def _type_of(self, section: str) -> Any:
        return CORE_SECTIONS[section] if section in CORE_SECTIONS else self._plugins[section].settings

    def _load(self, environ: Mapping[str, str]) -> Settings:
        return config.load(self.path if self.path.exists() else None, environ, self._plugins)


def shown(path: Path) -> str:
    """Return a path as somebody in this folder would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _renamed(sentence: str, names: Mapping[str, str]) -> str:
    for variable, name in names.items():
        sentence = sentence.replace(variable, name)
    return sentence
