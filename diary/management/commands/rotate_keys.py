"""After a change of DATA_KEYS or SECRET_KEY: bring what lies under an older key under the first."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from diary.models.keyring import CannotOpen
from diary.operations.key_rotation import everybody, replace_key, seal_secrets_anew, wrap_anew


class Command(BaseCommand):
    help = (
        "Wrap the key of each person under the first of DATA_KEYS, and seal what lies under"
        " SECRET_KEY_FALLBACKS under SECRET_KEY. May run while the service does, and again after it"
        " was interrupted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--data-keys",
            action="store_true",
            help="also give each person a new key and seal all they have under it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        persons = wrapped = rows = 0
        for person_id in everybody():
            try:
                wrapped += wrap_anew(person_id)
                rows += replace_key(person_id) if options["data_keys"] else 0
            except CannotOpen as error:
                raise CommandError(f"The key of {person_id}: {error}") from error
            persons += 1
        secrets = seal_secrets_anew()
        self.stdout.write(f"Wrapped anew: the keys of {wrapped} of {persons} people.")
        if options["data_keys"]:
            self.stdout.write(f"Sealed anew under new keys of their own: {rows} rows.")
        for name in ("second factors", "sessions"):
            self.stdout.write(f"Sealed anew under SECRET_KEY: {secrets[name]} {name}.")
        self._say_what_may_go(lost=secrets["lost"])

    def _say_what_may_go(self, *, lost: int) -> None:
        if lost:
            self.stdout.write(f"No key opens {lost} secrets of second factors or sessions.")
        _, *older = settings.DATA_KEYS
        if older:
            names = ", ".join(older)
            self.stdout.write(f"No row needs these of DATA_KEYS any more: {names}.")
            self.stdout.write("Keep them as long as a backup from before today is kept.")
        if settings.SECRET_KEY_FALLBACKS:
            self.stdout.write(
                "SECRET_KEY_FALLBACKS are needed for the erasure list and for backups from before"
                " today only."
            )
