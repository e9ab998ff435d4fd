"""A shift counts for the work day that it is mostly in

No table changes: what notes a change for counting anew is made again after every migration, and now notes the
day of a shift's middle. The job `redate` puts right what was written before.
"""

from collections.abc import Sequence

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this layout."""


def downgrade() -> None:
    """Go back to the one before."""
