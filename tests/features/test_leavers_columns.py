"""Every column that names a person is seen to when that person leaves, or has nothing open."""

from sqlmodel import SQLModel

from bot.features.people import leavers

# Where people are named, and why nothing is to be passed on there.
NOTHING_OPEN = {
    "account.person_id": "a telephone, not a task",
    "appeal.person_id": "who said it; the words stay with those asked",
    "audit.person_id": "a record",
    "call.agreed_by": "a record",
    "call.made_by": "whoever leads the area leads it too",
    "call_recipient.person_id": "counts as gone",
    "checkin.made_by": "a record",
    "checkin.person_id": "a record; open ones are closed at their time",
    "correction.decided_by": "a record",
    "correction.person_id": "who asks; the record is still to be right",
    "daily_worker.person_id": "its own job follows the roster",
    "burden_person.person_id": "a figure",
    "bound_group.bound_by": "the group is the area's; whoever leads it can release it",
    "dispute.answered_by": "a record",
    "dispute.person_id": "who objects; the ledger is still to be right",
    "export_request.person_id": "a file for who asked",
    "feedback.person_id": "a record",
    "timetable.set_by": "a record",
    "draft.person_id": "a draft of one's own, which lapses",
    "handover.given_by": "a record",
    "handover.taken_by": "a record",
    "handover_matter.closed_by": "a record",
    "handover_matter.told_by": "a record; the matter is the post's",
    "hazard.fixed_by": "a record",
    "hazard.reported_by": "a record",
    "hazard.verified_by": "a record",
    "hazard_assignee.named_by": "a record",
    "hazard_event.person_id": "a record",
    "household_cluster.head_id": "the import removes it with the head",
    "household_day.head_id": "a question of one evening",
    "household_mark.outcome_by": "a record",
    "invite.person_id": "the import revokes it",
    "merit.made_by": "a record",
    "merit.person_id": "a record",
    "nudge.nudged_by": "a record",
    "nudge.person_id": "a reminder of one day",
    "person_post.person_id": "the import removes it",
    "photo.person_id": "a record",
    "presence_point.person_id": "a record",
    "resident_request.asked_by": "a record",
    "resident_request.done_by": "a record",
    "resident_request.registered_by": "a record; who asks the resident is seen to by the decisions",
    "resident_request_assignee.named_by": "a record",
    "resident_request_event.person_id": "a record",
    "role.person_id": "the roster itself",
    "rotation.made_by": "a record",
    "rotation_member.person_id": "who is off the roster is not planned, see `uncovered`",
    "said.person_id": "a record",
    "second_account_request.decided_by": "a record",
    "shift_member.stands_for": "a record",
    "swap.decided_by": "a record",
}


def test_every_column_that_names_a_person_is_seen_to_or_has_nothing_open() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "person.id"
    }
    handled = {column for kind in leavers.KINDS for column in kind.columns}
    assert named - handled - NOTHING_OPEN.keys() == set()
    assert handled - named == set()
    assert not handled & NOTHING_OPEN.keys()
    assert NOTHING_OPEN.keys() - named == set()
