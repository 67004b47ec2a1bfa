"""manage.py stock: a shop run from the command line, with the embedded database and nothing else."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

import orjson
from django.core.management.base import BaseCommand
from django.db import OperationalError

from accounts.selectors import organizations
from inventory_project.kernel.errors import AlreadyExists, Conflict, DomainError, InvalidInput
from inventory_project.kernel.json import plain
from stock.errors import KeyReused
from stock.management.shop import names, output, reading, setup, words, writing
from stock.management.shop.counter import Counter, operator
from stock.management.shop.output import Answer
from stock.management.shop.words import WRONG_INPUT

REFUSED = 1
VERBS = writing.VERBS | reading.VERBS


class Command(BaseCommand):
    help = words.INTRODUCTION
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> words.Parser:
        return words.parser(f"manage.py {subcommand}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self._answer(options)
        except DomainError as error:
            self._refuse(error, options)
        except OperationalError as error:
            self.stderr.write(f"The database does not answer: {str(error).splitlines()[0]}")
            sys.exit(REFUSED)
        else:
            output.show(answer, self.stdout, as_json=options["json"])  # type: ignore[arg-type]

    def _answer(self, options: dict[str, Any]) -> Answer:
        if options["verb"] == "setup":
            made = self._set_up(options)
            return Answer(asdict(made), made.sentences())
        if options["verb"] == "receive" and not organizations.every():
            defaults = words.parser("manage.py stock").parse_args(["setup"])
            self.stderr.write(self._set_up(vars(defaults)).sentences())
        return VERBS[options["verb"]](Counter.of(names.organization(options["organization"])), options)

    def _set_up(self, options: dict[str, Any]) -> setup.NewShop:
        store = {"name": options["store"], "kind": options["kind"], "time_zone": options["time_zone"]}
        return setup.make(
            organization=options["organization"], store=store, currency=options["currency"], acting_as=operator()
        )

    def _refuse(self, error: DomainError, options: dict[str, Any]) -> None:
        """One sentence, and an exit code that a script can act on."""
        refused = isinstance(error, Conflict | KeyReused)
        sentence = error.detail
        if isinstance(error, InvalidInput | AlreadyExists) and error.fields:
            sentence = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.fields.items())
        if options["json"]:
            body = {"code": error.code, "detail": sentence, "fields": error.fields}
            self.stdout.write(orjson.dumps(body, default=plain).decode())
        else:
            self.stderr.write(sentence)
        sys.exit(REFUSED if refused else WRONG_INPUT)
