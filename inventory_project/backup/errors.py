"""Why a backup cannot be made or used, each in one sentence for the person at the keyboard."""

from __future__ import annotations


class BackupFailed(Exception):
    """No backup was made; nothing that looks like one was left behind."""


class NotABackup(Exception):
    """The file is damaged, cut short or something else."""


class RestoreRefused(Exception):
    """Nothing was restored, and the target is as it was."""
