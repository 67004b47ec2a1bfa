"""Tampering shows: with the superuser's hands, and found by the command and by the standalone script."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.errors import TooMuchToCheck
from audit.models import AuditEntry
from audit.selectors import chains
from audit.selectors.verification import Verdict, verify
from audit.services import checkpoints, checks
from audit.verifier import verify_export
from inventory_project.kernel import sql, tenancy
from tests.factories.accounts import build_organization
from tests.factories.audit import build_entry, client_of, write_entries, write_entry
from tests.support.superuser import superuser

STRANGE = 'Tee|3:\n"ü" \\ 茶 🫖\t'
SCRIPT = Path(verify_export.__file__)


class Log:
    """One organisation's log: three single entries, a block of five, one more."""

    def __init__(self, directory: Path) -> None:
        self.organization = build_organization()
        self.id = self.organization.id
        self.directory = directory
        for number in (1, 2, 3):
            write_entry(self.id, object_id=number, before={"n": 1.50, "text": STRANGE})
        self.batch = write_entries(self.id, [build_entry(object_id=n, object_label=STRANGE) for n in range(5)])
        write_entry(self.id, store_id=3, product_id=4)
        with tenancy.scope(self.id):
            self.sequences = list(AuditEntry.objects.order_by("sequence").values_list("sequence", flat=True))

    def tamper(self, statement: str, **params: object) -> None:
        with superuser(tampering=True) as connection:
            assert connection.execute(statement, {"id": self.id, **params}).rowcount >= 1

    def verify(self, *, with_checkpoints: bool = False, since_checkpoint: bool = False) -> Verdict:
        kept = checkpoints.load(self.directory) if with_checkpoints else []
        with chains.still():
            return verify(self.id, checkpoints=kept, since_checkpoint=since_checkpoint)

    def export(self, name: str = "log.jsonl") -> Path:
        path = self.directory / name
        call_command("export_audit", organization=self.id, out=path, verbosity=0)
        return path


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def run_script(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, env={})


def test_an_untouched_log_is_whole(log: Log):
    found = log.verify()
    assert (found.problems, found.entries, found.blocks) == ([], 9, 5)


@pytest.mark.parametrize(
    "change",
    [
        "actor_label = 'somebody'", "actor_id = 2", "action = 'catalog.product.created'", "object_type = 'shelf'",
        "object_id = '77'", "object_label = 'Tea2'", "store_id = 9", "product_id = 9", "before = '{}'",
        "after = 'null'", "detail = '[1]'", "request_id = ''", "occurred_at = occurred_at + interval '1 microsecond'",
    ],
)  # fmt: skip
def test_an_altered_field_is_named_by_its_entry(log: Log, change: str):
    log.tamper(f"UPDATE audit_entry SET {change} WHERE organization_id = %(id)s AND sequence = %(s)s", s=log.batch[2])
    assert log.verify().problems == [f"chain 64, block 4: entry {log.batch[2]} was altered"]


def test_a_removed_entry_is_named_by_its_neighbours(log: Log):
    log.tamper("DELETE FROM audit_entry WHERE organization_id = %(id)s AND sequence = %(s)s", s=log.batch[2])
    assert log.verify().problems == [
        f"chain 64, block 4: entry missing between sequence {log.batch[1]} and {log.batch[3]} (place 3)"
    ]


def test_a_removed_block_with_its_entries_breaks_the_chain(log: Log):
    log.tamper("DELETE FROM audit_entry WHERE organization_id = %(id)s AND block = 2")
    log.tamper("DELETE FROM audit_block WHERE organization_id = %(id)s AND number = 2")
    assert log.verify().problems[0] == "chain 64: block 2 is missing (block 3 follows)"


def test_an_inserted_entry_is_named(log: Log):
    inserted = """INSERT INTO audit_entry (organization_id, chain, block, action)
        VALUES (%(id)s, 64, 4, 'catalog.product.created') RETURNING sequence"""
    with superuser(tampering=True) as connection:
        sequence = connection.execute(inserted, {"id": log.id}).fetchone()[0]
    assert log.verify().problems == [f"chain 64, block 4: entry {sequence} was inserted, no block holds it"]


def test_two_entries_that_changed_places_are_named(log: Log):
    swap = """UPDATE audit_entry SET sequence = CASE sequence WHEN %(a)s THEN -%(b)s ELSE -%(a)s END
        WHERE organization_id = %(id)s AND sequence IN (%(a)s, %(b)s)"""
    log.tamper(swap, a=log.batch[1], b=log.batch[2])
    log.tamper("UPDATE audit_entry SET sequence = -sequence WHERE organization_id = %(id)s AND sequence < 0")
    assert log.verify().problems == [f"chain 64, block 4: entry {log.batch[1]} was altered"]


def test_an_altered_block_breaks_the_link_to_the_next(log: Log):
    log.tamper("UPDATE audit_block SET hash = sha256('x') WHERE organization_id = %(id)s AND number = 2")
    problems = log.verify().problems
    assert "chain 64, block 2: the block's own record was altered" in problems
    assert "chain 64, block 3: the link to block 2 is broken" in problems


def test_a_head_set_back_shows(log: Log):
    log.tamper("UPDATE audit_chain_head SET number = 4 WHERE organization_id = %(id)s")
    assert log.verify().problems == ["chain 64: the head names block 4, the last block is 5"]


def cut_off_the_tail(log: Log) -> None:
    """What a careful thief does: entry, block and head agree again."""
    log.tamper("DELETE FROM audit_entry WHERE organization_id = %(id)s AND block = 5")
    log.tamper("DELETE FROM audit_block WHERE organization_id = %(id)s AND number = 5")
    log.tamper(
        """UPDATE audit_chain_head SET number = 4, hash = (SELECT hash FROM audit_block
        WHERE organization_id = %(id)s AND number = 4) WHERE organization_id = %(id)s"""
    )


def test_a_tail_cut_off_cleanly_is_found_by_the_checkpoint(log: Log):
    checkpoints.export(log.directory)
    assert log.verify(with_checkpoints=True).is_whole
    cut_off_the_tail(log)
    assert log.verify().is_whole
    gone = ["chain 64: cut off, block 5 of the checkpoint is gone"]
    assert log.verify(with_checkpoints=True).problems == gone
    assert log.verify(with_checkpoints=True, since_checkpoint=True).problems != []


def test_since_the_checkpoint_only_what_is_new_is_read(log: Log):
    checkpoints.export(log.directory)
    sequence = write_entry(log.id)
    found = log.verify(with_checkpoints=True, since_checkpoint=True)
    assert (found.problems, found.entries, found.blocks) == ([], 1, 1)
    log.tamper("UPDATE audit_entry SET action = 'x' WHERE organization_id = %(id)s AND sequence = %(s)s", s=sequence)
    found = log.verify(with_checkpoints=True, since_checkpoint=True)
    assert found.problems == [f"chain 64, block 6: entry {sequence} was altered"]


def test_checkpoints_are_signed_and_chained(log: Log):
    first, second = checkpoints.export(log.directory), checkpoints.export(log.directory)
    key = checkpoints.signing_key()
    assert verify_export.checkpoint_problems(checkpoints.load(log.directory), key) == []
    changed = json.loads(first.read_text())
    changed["heads"] = []
    first.write_text(json.dumps(changed))
    assert verify_export.checkpoint_problems(checkpoints.load(log.directory), key) == [
        "checkpoint 1: the signature is false",
        "checkpoint 2: does not follow checkpoint 1",
    ]
    assert second.name == "checkpoint-00000002.json"


def test_the_signing_key_is_private_and_stays(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("AUDIT_SIGNING_KEY", raising=False)
    settings.DATA_DIR = tmp_path
    key = checkpoints.signing_key()
    assert checkpoints.signing_key() == key
    assert (tmp_path / "audit-signing.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("AUDIT_SIGNING_KEY", "given")
    assert checkpoints.signing_key() == b"given"


def test_the_command_tells_whole_from_damaged_by_its_exit_code(log: Log, capsys):
    options = {"organization": log.id, "checkpoints": log.directory}
    call_command("verify_audit", **options)
    assert capsys.readouterr().out.startswith("whole: 9 entries in 5 blocks of 1 organisations")
    log.tamper(
        "UPDATE audit_entry SET action = 'x' WHERE organization_id = %(id)s AND sequence = %(s)s", s=log.batch[0]
    )
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", json=True, **options)
    assert stopped.value.code == 1
    report = json.loads(capsys.readouterr().out)
    assert report["whole"] is False
    assert report["organizations"][0]["problems"] == [f"chain 64, block 4: entry {log.batch[0]} was altered"]


def test_an_admin_has_the_log_checked_and_is_told_what_was_altered(log: Log, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checkpoints, "default_directory", lambda: log.directory)
    admin = client_of(log.organization)
    answer = admin.get("/api/logs/verification/").json()
    assert (answer["is_whole"], answer["problems"], answer["since"]) == (True, [], None)
    assert answer["entries"] >= 9
    log.tamper("UPDATE audit_entry SET object_label = 'other' WHERE organization_id = %(id)s AND object_id = '2'")
    answer = admin.get("/api/logs/verification/").json()
    assert (answer["is_whole"], len(answer["problems"]) >= 1) == (False, True)


def test_a_long_log_is_checked_from_the_newest_checkpoint_and_never_without_end(
    log: Log, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(checkpoints, "default_directory", lambda: log.directory)
    with pytest.raises(TooMuchToCheck):
        checks.check(log.id, most=5)
    checkpoints.export(log.directory)
    write_entry(log.id, object_id=99)
    checked = checks.check(log.id, most=5)
    assert (checked.is_whole, checked.verdict.entries) == (True, 1)
    assert checked.since is not None
    with pytest.raises(TooMuchToCheck):
        checks.check(log.id, most=0)


def test_the_commands_take_an_organization_by_its_slug_too(log: Log, capsys):
    organization = build_organization()
    write_entries(organization.id, [build_entry()])
    call_command("verify_audit", organization=organization.slug, checkpoints=log.directory)
    assert " of 1 organisations" in capsys.readouterr().out
    path = log.directory / "by-slug.jsonl"
    call_command("export_audit", organization=organization.slug, out=path)
    assert f'"organization_id":{organization.id},' in path.read_text().replace(" ", "")
    with pytest.raises(CommandError, match="There is no such organisation; there are: "):
        call_command("verify_audit", organization="nobodys", checkpoints=log.directory)
    with pytest.raises(CommandError, match="There is no such organisation"):
        call_command("export_audit", organization="nobodys", out=path)


@pytest.mark.parametrize("name", ["log.jsonl", "log.jsonl.gz"])
def test_the_script_verifies_an_export_without_onhand(log: Log, name: str):
    checkpoint = checkpoints.export(log.directory)
    key = log.directory / "key"
    key.write_bytes(checkpoints.signing_key())
    done = run_script(log.export(name), "--checkpoint", checkpoint, "--key-file", key)
    assert (done.returncode, done.stdout, done.stderr) == (0, "whole: 9 entries in 5 blocks\n", "")


def test_the_script_names_the_altered_line(log: Log):
    path = log.export()
    path.write_text(path.read_text().replace('"object_id":"2"', '"object_id":"8"', 1))
    done = run_script(path)
    assert done.returncode == 1
    assert "was altered" in done.stdout


def test_the_script_finds_a_cut_off_tail_by_the_checkpoint(log: Log):
    checkpoint = checkpoints.export(log.directory)
    cut_off_the_tail(log)
    done = run_script(log.export(), "--checkpoint", checkpoint)
    assert done.returncode == 1
    assert "block 5 of the checkpoint is gone" in done.stdout


def test_the_script_calls_a_foreign_file_unreadable(tmp_path: Path):
    path = tmp_path / "x.jsonl"
    path.write_text("not json\n")
    assert run_script(path).returncode == 2


def test_the_scripts_text_of_an_entry_is_the_databases(log: Log):
    with chains.still():
        texts = [row["text"] for kind, row in chains.blocks_and_texts(log.id) if kind == "entry"]
        ours = [verify_export.canonical(row) for kind, row in chains.blocks_and_entries(log.id) if kind == "entry"]
    assert texts == ours


def test_texts_that_look_alike_when_joined_stay_apart():
    query = """SELECT audit_canonical(1, 1, now(), 1::smallint, 1, NULL, %(a)s, %(b)s, '', '', '', NULL, NULL, NULL,
        NULL, NULL, '') AS text"""
    first = sql.rows(query, {"a": "x|1:y", "b": "z"})
    second = sql.rows(query, {"a": "x", "b": "y|1:z"})
    assert first != second
