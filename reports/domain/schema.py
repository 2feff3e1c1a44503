"""The JSON Schema of the document that is attached to a report, made from the types it holds."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from reports.domain.inputs import ReportDiary
from reports.domain.shape import MODEL_VERSION, ReportModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# RFC 3339, and so the format `date-time`, knows no time of day without its offset.
WALL_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """One report with the diary of its period, so that every printed number can be recounted."""

    format: Literal["quiver-report"]
    version: int
    diary: ReportDiary
    report: ReportModel


class _WholeObjects(GenerateJsonSchema):
    """Describes objects of which no member is missing and none is unknown, as they are written."""

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        return super().dataclass_schema(schema) | {"additionalProperties": False}

    def field_is_required(self, *_: Any, **__: Any) -> bool:
        return True

    def field_title_should_be_set(self, *_: Any) -> bool:
        return False  # it would only repeat the name

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])  # what is written has no defaults


def document_schema() -> dict[str, Any]:
    """Return the schema of a report's document: JSON Schema 2020-12 of the present version."""
    schema = TypeAdapter(ReportDocument).json_schema(
        mode="serialization", schema_generator=_WholeObjects
    )
    schema["properties"]["version"] = {"const": MODEL_VERSION}
    schema["$defs"]["Moment"]["properties"]["local"] = WALL_TIME
    return {"$schema": DIALECT, "$id": f"urn:quiver:report:{MODEL_VERSION}", **schema}


def schema_text() -> str:
    """Return the schema as it stands in docs/report.schema.json."""
    return json.dumps(document_schema(), indent=1, sort_keys=True) + "\n"
