"""Who is on duty from before has come to the shift that begins meanwhile

No table changes: what notes a change for counting anew is made again after every migration, and now notes the
shifts that a check-in reaches into.
"""

from collections.abc import Sequence

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this layout."""


def downgrade() -> None:
    """Go back to the one before."""
