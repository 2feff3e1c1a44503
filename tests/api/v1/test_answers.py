"""The described answers hold exactly what is sent."""

from dataclasses import fields
from typing import get_type_hints

import pytest

from api.v1.answers import AdviceAnswer, FindingAnswer, SourceAnswer, finding_json
from diary.domain.assessment import assess
from diary.domain.entries import Person
from diary.domain.findings import Source
from diary.domain.words.advice import Advice
from tests.diary.domain.test_sample import view_on

SAME = [(AdviceAnswer, Advice), (SourceAnswer, Source)]


@pytest.mark.parametrize(("answer", "value"), SAME)
def test_an_answer_has_the_fields_of_the_value_it_is_made_of(answer, value):
    described = {name: field.annotation for name, field in answer.model_fields.items()}

    assert list(described) == [field.name for field in fields(value)]
    plain = {name: hint for name, hint in get_type_hints(value).items() if name != "sources"}
    assert {name: described[name] for name in plain} == plain
    assert all(field.is_required() for field in answer.model_fields.values())


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_finding_is_sent_as_described(language):
    for finding in assess(view_on()).findings:
        sent = finding_json(finding, Person(language=language, country="TW"))

        assert sent.keys() == FindingAnswer.model_fields.keys()
        FindingAnswer.model_validate(sent, strict=False)
