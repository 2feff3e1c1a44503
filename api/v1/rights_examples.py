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

AGREED: Json = {"code": "keep_diary", "version": "2026-11", "given": True}
CONSENTS: Json = {
    "asked": [AGREED, {"code": "research", "version": "1", "given": False}],
    "acts": [AGREED | {"at": "2026-11-21T09:38:52.102332Z"}],
}

RIGHTS_EXCHANGES: Mapping[str, Exchange] = {
    "consents_list": Exchange(answers={200: CONSENTS}),
    "consents_give": Exchange(
        requests={"agree": {"code": "keep_diary", "version": "2026-11"}}, answers={200: CONSENTS}
    ),
    "erasure_read": Exchange(answers={200: TOLD}),
    "erasure_ask": Exchange(requests={"nothing": {}}, answers={200: TOLD, 201: ERASURE}),
}
