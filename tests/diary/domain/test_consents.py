"""The setting of asked consents."""

import pytest

from diary.domain.consents import AskedConsent, ConsentsRefused, asked_consents, asked_from


@pytest.mark.parametrize("given", [{"keep_diary": 1}, {"keep_diary": ""}, {"": "1"}])
def test_what_is_no_version_stops_the_start(given):
    with pytest.raises(ConsentsRefused):
        asked_from(given)


def test_a_consent_counts_for_its_own_version_only():
    asked = asked_from({"keep_diary": "2", "research": "1"})

    found = asked_consents(asked, [("keep_diary", "1"), ("research", "1")])

    assert found == (
        AskedConsent(code="keep_diary", version="2", given=False),
        AskedConsent(code="research", version="1", given=True),
    )
