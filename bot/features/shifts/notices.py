"""What is said about shifts, as facts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrewName:
    """Somebody of a crew who comes."""

    name: str
    lead: bool


@dataclass(frozen=True, slots=True)
class AwayName:
    """Somebody of a crew who does not; `kind`: on leave, or sick."""

    person_id: int
    name: str
    kind: str
