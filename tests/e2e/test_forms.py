"""Forms from a person's side: feedback, and how every form goes on, gives way and ends."""

from tests.e2e.town import Town


def test_feedback_in_words_is_kept_and_told_to_the_admin(town: Town) -> None:
    admin, worker = town.join("孙工"), town.join("岩罕")
    worker.send("/feedback")
    worker.wait_for("哪里不顺手")
    worker.send("按钮 <太小> 了")
    worker.wait_for("谢谢您")
    told = admin.wait_for("按钮 <太小> 了")
    assert "岩罕" in told.text
    assert worker.taps == 2
    assert town.count("feedback") == 1
    assert town.count("draft") == 0
