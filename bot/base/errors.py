"""What can go wrong in a way that a person or an operator is told about."""


class GridDutyError(Exception):
    """Root of every error raised on purpose."""


class Refused(GridDutyError):
    """Something a person asked for cannot be done; told in one sentence.

    `key` names the sentence in `locales/`, `facts` fill its placeholders.
    """

    def __init__(self, key: str, **facts: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class NotAllowed(Refused):
    """`access` did not grant the action."""


class OperatorError(GridDutyError):
    """A failure told to the operator in one line (exit code 1)."""


class SettingsError(OperatorError):
    """`config.toml` or the environment holds something unknown or bad."""


class DatabaseBusy(GridDutyError):
    """The database could not be locked in time; the work is tried again later."""


class LeadershipLost(GridDutyError):
    """Another process has taken this part over."""
