"""Reading DATA_KEYS, under which the key of each person is wrapped."""

import base64
import re

from django.core.exceptions import ImproperlyConfigured

from config import env

KEY_BYTES = 32


def data_keys() -> dict[str, bytes]:
    """Return the keys of DATA_KEYS by their ids; the first seals, all of them open.

    For the embedded database there is a random one, kept beside it in `.data/data-keys`.
    """
    default = None
    if env.uses_embedded_database():
        from config import embedded

        default = embedded.data_keys()
    pairs = [item.split(":", 1) for item in env.env_secret("DATA_KEYS", default=default).split()]
    try:
        keys = {id_: base64.b64decode(key, validate=True) for id_, key in pairs}
    except ValueError:
        keys = {}
    usable = all(re.fullmatch(r"[\w.-]{1,40}", id_) for id_ in keys)
    if not (usable and 0 < len(keys) == len(pairs) and {*map(len, keys.values())} == {KEY_BYTES}):
        raise ImproperlyConfigured(
            "DATA_KEYS must be keys such as 2026:<32 bytes in base64>, separated by spaces, each"
            " under a name of its own."
        ) from None
    return keys
