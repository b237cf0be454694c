"""`manage.py verify_ledger`: compute every chain anew, and every payload that still exists."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.audit import broken_chains, broken_payloads, counts


class Command(BaseCommand):
    help = "Check all chains of the ledger; name the first broken entry of each and end with 1."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for where, why in (*broken_chains(), *broken_payloads()):
            broken += 1
            self.stderr.write(f"BROKEN: {where}: {why}")
        chains, entries = counts()
        if broken:
            raise CommandError(f"{broken} broken places in {chains} chains, {entries} entries.")
        self.stdout.write(f"valid: {chains} chains, {entries} entries")
