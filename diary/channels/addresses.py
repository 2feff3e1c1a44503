"""Reading an address: the fields of its kind, each checked, every wrong one reported at once."""

from typing import Generic, TypeVar

from pydantic import ValidationError

from diary.channels.base import Address
from diary.channels.guard import Forbidden, Policy, target_of
from diary.domain.errors import FieldError
from diary.domain.reading import field_errors
from diary.domain.wire.fields import WireModel

Fields = TypeVar("Fields", bound=WireModel)


class AddressForm(Generic[Fields]):
    """One kind of address: its fields, and which of them, if any, holds a URL to be guarded."""

    def __init__(self, fields: type[Fields], *, url: str = "", policy: Policy) -> None:
        self._fields = fields
        self._url = url
        self._policy = policy

    def read(self, address: Address) -> Fields:
        """Return the checked fields; raises Forbidden with `bad_address` or the URL's own code."""
        try:
            fields = self._fields.model_validate(dict(address))
        except ValidationError:
            raise Forbidden("bad_address", "The address cannot be read.") from None
        if self._url:
            target_of(address[self._url], self._policy)
        return fields

    def errors(self, address: Address) -> tuple[FieldError, ...]:
        """Return one error for each wrong field."""
        try:
            self._fields.model_validate(dict(address))
        except ValidationError as error:
            return (*field_errors(error), *self._url_errors(address))
        return self._url_errors(address)

    def _url_errors(self, address: Address) -> tuple[FieldError, ...]:
        if self._url not in address:
            return ()
        try:
            target_of(str(address[self._url]), self._policy)
        except Forbidden as error:
            return (FieldError(path=(self._url,), code=error.code, detail=error.detail),)
        return ()
