"""What an endpoint is known by: the address itself is sealed."""

from uuid import UUID

from diary.models.data_keys import keyed_digest


def address_digest(person_id: UUID, kind: str, place: str) -> str:
    """Return the digest of an endpoint, by which the same address is one endpoint.

    `place` is what makes it the same address: the URL, the token, the mailbox. The digest is keyed
    because a mailbox can be guessed. Call inside `acting_for(person_id)`.
    """
    return keyed_digest(person_id, f"{kind}\0{place}".encode()).hex()
