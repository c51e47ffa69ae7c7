"""What can go wrong in the builder, as exceptions.

::

    BuildError
    ├── UnreadableSource    a file that no reader can turn into text
    ├── RuleError           a family, marker or vocabulary file that is wrong
    ├── SettingsError       a flag, variable or settings file that is wrong
    └── ServingError        an address at which nothing can be served

A document that is merely odd raises nothing: what was seen and not understood is an `Issue`.
"""

__all__ = [
    "BuildError",
    "RuleError",
    "ServingError",
    "SettingsError",
    "UnreadableSource",
]


class BuildError(Exception):
    """A failure of the builder, with what, where and what to do in its message."""


class UnreadableSource(BuildError):
    """A source file that cannot be read as a document."""


class RuleError(BuildError):
    """A rule or vocabulary file of the project that is wrong."""


class SettingsError(BuildError):
    """A value given in a flag, the environment or the settings file that cannot be used."""


class ServingError(BuildError):
    """An address at which the site cannot be served."""
