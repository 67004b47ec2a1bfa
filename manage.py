#!/usr/bin/env python
"""Onhand's command line; `python manage.py help` lists every command."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_project.settings")
    from django.core.management import execute_from_command_line

    from inventory_project.runtime import instance
    from inventory_project.runtime.errors import CannotStart

    instance.adopt_data_dir(sys.argv)
    try:
        with instance.running(sys.argv):
            if sys.argv[1:2] == ["up"]:
                # It only starts other processes, and needs neither models nor apps for that.
                from inventory_project.management.commands.up import Command

                Command().run_from_argv(sys.argv)
            else:
                execute_from_command_line(sys.argv)
    except CannotStart as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
