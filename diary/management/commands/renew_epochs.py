"""After a restore from a backup: make every phone read its diary from the start."""

from typing import Any

from django.core.management import BaseCommand
from django.db import connections, transaction

OWNER_ALIAS = "owner"


class Command(BaseCommand):
    help = (
        "Give every diary a new epoch, so that no phone goes on from a cursor the backup does not"
        " know. Run it after a restore, before phones can reach the service."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
            # Row security binds the owner as well; nobody else sees the table while it is open.
            cursor.execute("ALTER TABLE person_sync NO FORCE ROW LEVEL SECURITY")
            cursor.execute("UPDATE person_sync SET epoch = gen_random_uuid()")
            renewed = cursor.rowcount
            cursor.execute("ALTER TABLE person_sync FORCE ROW LEVEL SECURITY")
        self.stdout.write(f"Renewed the epoch of {renewed} diaries.")
