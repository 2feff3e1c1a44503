"""One exchange for each operation on what a person may ask of their data. Data only."""

from collections.abc import Mapping

from api.v1.examples import Exchange, Json

ERASURE: Json = {
    "receipt": "7K2QD-0W9VB-XM3TE-4HNRA",
    "asked_at": "2026-11-21T09:38:52.102332Z",
    "erase_at": "2026-12-05T09:38:52.102332Z",
    "told_at": None,
}
TOLD: Json = ERASURE | {"told_at": "2026-11-21T09:39:24.550101Z"}

RIGHTS_EXCHANGES: Mapping[str, Exchange] = {
    "erasure_read": Exchange(answers={200: TOLD}),
    "erasure_ask": Exchange(requests={"nothing": {}}, answers={200: TOLD, 201: ERASURE}),
}
