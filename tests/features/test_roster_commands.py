"""`gridduty roster` as scripts use it: what it prints, writes and ends with."""

import json
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from PIL import PdfParser
from sqlalchemy import func, insert, select
from sqlmodel import col
from typer.testing import CliRunner, Result

from bot.base.errors import OperatorError
from bot.commands.roster import app
from bot.storage.database import Database
from models import Account, Checkpoint, Invite, Marker, Person, code_hash
from tests.features.roster_books import book, save
from tests.layouts import migrated


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    url = f"sqlite:///{tmp_path / 'cli.sqlite3'}"
    monkeypatch.setenv("GRIDDUTY_DATABASE__URL", url)
    monkeypatch.chdir(tmp_path)
    return migrated(tmp_path / "cli.sqlite3")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return save(tmp_path / "f.xlsx", book())


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def _people(db: Database) -> int:
    with db.read() as session:
        return int(session.execute(select(func.count()).select_from(Person)).scalar_one())


def test_import_previews_and_then_imports(db: Database, file: Path) -> None:
    preview = _run("import", file)
    assert preview.exit_code == 0
    assert "人员：新增 3，变更 0，移除 0" in preview.output
    assert "--yes" in preview.output
    assert _people(db) == 0
    done = _run("import", file, "--yes", "--show", "0")
    assert done.exit_code == 0
    assert "已导入：改动 22 条" in done.output
    assert _people(db) == 3
    again = _run("import", file, "--yes")
    assert again.exit_code == 0
    assert "没有改动" in again.output


def test_changes_and_removals_are_named(db: Database, file: Path) -> None:
    _run("import", file, "--yes")
    sheets = book()
    sheets["人员"][1][1] = "岩温保"
    del sheets["联户"][1]
    sheets["联户"].append(["S1", "RL-1", 5])
    output = _run("import", save(file, sheets)).output
    assert "  ~ 第 2 行 W1 岩温保 姓名 岩温 → 岩温保" in output
    assert "  + 第 2 行 S1 + RL-1" in output
    assert "  - W2 + G2" in output


def test_errors_are_listed_and_told_in_one_line(db: Database, file: Path) -> None:
    sheets = book()
    sheets["人员"].append(["W1", "重复", "123", "NO"])
    result = _run("import", save(file, sheets), "--yes")
    assert isinstance(result.exception, OperatorError)
    assert "\n" not in str(result.exception)
    assert "人员 第 5 行「电话」：电话「123」不对。" in result.output
    assert _people(db) == 0


def test_json_for_scripts(db: Database, file: Path) -> None:
    told = json.loads(_run("import", file, "--yes", "--json").output)
    assert told["applied"] is True
    assert told["tables"]["person"]["counts"] == {"add": 3, "change": 0, "remove": 0}
    assert told["tables"]["person"]["add"][0] == {"row": 2, "key": ["W1"]}
    sheets = book()
    sheets["角色"].append(["NO", "网格员", "G1"])
    failed = _run("import", save(file, sheets), "--json")
    told = json.loads(failed.output)
    assert isinstance(failed.exception, OperatorError)
    assert told["applied"] is False
    assert told["errors"]["total"] == 1
    first = told["errors"]["first"][0]
    assert (first["sheet"], first["row"], first["column"], first["kind"]) == (
        "角色",
        5,
        "人员",
        "unknown-person",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "f.xlsx", "--coordinates", "bd09"),
        ("sample", "--workers", "28001", "--out", "s.xlsx"),
        ("sample", "--workers", "10", "--out", "s.csv"),
        ("invites", "--area", "RL", "--out", "i.doc"),
        ("template", "t.ods"),
    ],
)
def test_wrong_usage_ends_with_2(db: Database, words: tuple[str, ...]) -> None:
    assert _run(*words).exit_code == 2


def test_a_missing_file_is_a_failure_told_in_one_line(db: Database) -> None:
    assert isinstance(_run("import", "nowhere.xlsx").exception, OperatorError)


def test_template_and_sample_write_files_that_import(db: Database, tmp_path: Path) -> None:
    assert "t.xlsx" in _run("template", tmp_path / "t.xlsx").output
    assert isinstance(_run("template", tmp_path / "t.xlsx").exception, OperatorError)
    assert _run("import", tmp_path / "t.xlsx", "--yes").exit_code == 0
    made = _run("sample", "--workers", 20, "--start", "2026-11-23", "--out", tmp_path / "s.xlsx")
    assert made.exit_code == 0
    assert _run("import", tmp_path / "s.xlsx", "--yes").exit_code == 0
    assert _people(db) > 20


def test_invites_as_a_sheet_hold_links_that_are_stored(db: Database, file: Path, tmp_path: Path) -> None:
    _run("import", file, "--yes")
    out = tmp_path / "i.xlsx"
    assert "3 张卡片" in _run("invites", "--area", "RL", "--out", out, "--bot", "@duty_bot").output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    page = openpyxl.load_workbook(out).active
    links = [row[3] for row in page.iter_rows(min_row=2, values_only=True)]
    codes = [re.fullmatch(r"https://t\.me/duty_bot\?start=j_([A-Za-z0-9_-]{22,})", link) for link in links]
    with db.read() as session:
        stored = set(session.execute(select(col(Invite.code_hash))).scalars())
    assert {code_hash(code[1]) for code in codes if code} == stored
    assert len(page._images) == 3
    out.unlink()
    assert "没有要做的卡片" in _run("invites", "--area", "RL", "--out", out, "--bot", "duty_bot").output
    assert not out.exists()


def test_invites_as_a_pdf_and_the_bot_s_name_from_the_database(db: Database, tmp_path: Path) -> None:
    sheets = book()
    sheets["人员"] += [[f"N{number}", f"某人{number}", None, "G1"] for number in range(7)]
    _run("import", save(tmp_path / "f.xlsx", sheets), "--yes")
    out = tmp_path / "i.pdf"
    assert "--bot" in str(_run("invites", "--area", "DH", "--out", out).exception)
    with db.write_now() as session:
        session.connection().execute(insert(Marker), {"name": "bot_username", "value": "duty_bot"})
    assert _run("invites", "--area", "DH", "--out", out).exit_code == 0
    with PdfParser.PdfParser(str(out)) as parsed:
        assert len(parsed.pages) == 2
    assert _run("invites", "--area", "DH", "--posts", "--out", out).exit_code == 0
    assert isinstance(_run("invites", "--area", "NO", "--out", out).exception, OperatorError)


def test_a_file_that_cannot_be_written_hands_out_nothing(db: Database, file: Path, tmp_path: Path) -> None:
    _run("import", file, "--yes")
    result = _run("invites", "--area", "RL", "--out", tmp_path / "no" / "i.pdf", "--bot", "duty_bot")
    assert isinstance(result.exception, OperatorError)
    with db.read() as session:
        assert session.execute(select(func.count()).select_from(Invite)).scalar_one() == 0


def test_an_invite_for_one_person_and_unbinding(db: Database, file: Path, tmp_path: Path) -> None:
    _run("import", file, "--yes")
    out = tmp_path / "one.xlsx"
    done = _run("invites", "--person", "W1", "--out", out, "--bot", "duty_bot")
    assert done.exit_code == 0
    assert "1" in done.output
    assert _run("invites", "--person", "W1", "--area", "RL", "--out", out).exit_code == 2
    assert isinstance(
        _run("invites", "--person", "NO", "--out", out, "--bot", "duty_bot").exception, OperatorError
    )
    assert isinstance(_run("unbind", "W1").exception, OperatorError)
    with db.write_now() as session:
        person = session.execute(select(col(Person.id)).where(col(Person.code) == "W1")).scalar_one()
        row = {"bot": 1, "user_id": 123456789, "chat_id": 123456789, "person_id": person}
        session.connection().execute(insert(Account), row | {"reach": "ok", "joined_at": datetime.now(UTC)})
    assert "…6789" in _run("unbind", "W1").output
    assert "…6789" in _run("unbind", "W1", "--yes").output
    with db.read() as session:
        assert session.execute(select(func.count()).select_from(Account)).scalar_one() == 0


def _with_patrols(tmp_path: Path) -> Path:
    sheets = book()
    sheets["巡逻段"] = [["编码", "名称", "卡点"], ["S1", "71号界碑段", "P1"]]
    sheets["必到点"] = [["编码", "巡逻段", "名称"], ["C1", "S1", "老渡口"], ["C2", "S1", "界碑"]]
    return save(tmp_path / "f.xlsx", sheets)


def _links(file: Path) -> list[tuple[str, str]]:
    rows = list(openpyxl.load_workbook(file).active.values)[1:]
    return [(row[0], row[3]) for row in rows]


def test_codes_of_posts_and_checkpoints_to_hang_up(db: Database, tmp_path: Path) -> None:
    _run("import", _with_patrols(tmp_path), "--yes")
    out = tmp_path / "codes.xlsx"
    done = _run("codes", "--area", "RL", "--out", out, "--bot", "duty_bot")
    assert (done.exit_code, "4" in done.output) == (0, True)
    links = _links(out)
    assert [code for code, _ in links] == ["P2", "P1", "C1", "C2"]
    with db.read() as session:
        stops = dict(session.execute(select(col(Checkpoint.code), col(Checkpoint.qr_code))).all())
    assert links[2][1] == f"https://t.me/duty_bot?start=c_{stops['C1']}"
    assert re.fullmatch(r"https://t\.me/duty_bot\?start=p_[\w-]+", links[1][1])
    pages = tmp_path / "codes.pdf"
    assert _run("codes", "--area", "RL", "--out", pages, "--bot", "duty_bot").exit_code == 0
    with PdfParser.PdfParser(str(pages)) as parsed:
        assert len(parsed.pages) == 1


def test_a_code_that_leaked_is_renewed_and_no_other(db: Database, tmp_path: Path) -> None:
    _run("import", _with_patrols(tmp_path), "--yes")
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    _run("codes", "--area", "DH", "--out", before, "--bot", "duty_bot")
    words = (
        "codes",
        "--only",
        "C2",
        "--only",
        "P1",
        "--renew",
        "--out",
        tmp_path / "n.xlsx",
        "--bot",
        "duty_bot",
    )
    assert _run(*words).exit_code == 0
    _run("codes", "--area", "DH", "--out", after, "--bot", "duty_bot")
    old, new = dict(_links(before)), dict(_links(after))
    assert {code for code in old if old[code] != new[code]} == {"C2", "P1"}
    assert set(_links(tmp_path / "n.xlsx")) == {("P1", new["P1"]), ("C2", new["C2"])}


def test_codes_that_cannot_be_written_are_not_renewed(db: Database, tmp_path: Path) -> None:
    _run("import", _with_patrols(tmp_path), "--yes")
    before = tmp_path / "before.xlsx"
    _run("codes", "--only", "C1", "--out", before, "--bot", "duty_bot")
    words = ("codes", "--only", "C1", "--renew", "--out", tmp_path / "no" / "n.pdf", "--bot", "duty_bot")
    assert isinstance(_run(*words).exception, OperatorError)
    assert isinstance(
        _run("codes", "--only", "C9", "--out", before, "--bot", "duty_bot").exception, OperatorError
    )
    assert _run("codes", "--area", "DH", "--renew", "--out", before).exit_code == 2
    again = tmp_path / "again.xlsx"
    _run("codes", "--only", "C1", "--out", again, "--bot", "duty_bot")
    assert _links(again) == _links(before)
