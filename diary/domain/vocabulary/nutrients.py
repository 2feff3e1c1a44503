"""Minerals and vitamins the sources name. They are logged and explained, never alerted on."""

from dataclasses import dataclass

from diary.domain.vocabulary.codes import Code, CodeList, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Nutrient(Code):
    """A nutrient as the sources describe it; an empty text means the sources say nothing."""

    deficiency: str
    excess: str
    food_sources: str


# fmt: off
# Each row is followed by the signs of too little, of too much, and by foods.
_NUTRIENTS = (
    (Row("potassium", "Potassium", "鉀", "S4",
         "Needed by nerves, muscles and the heartbeat."),
     "Weak muscles, twitching, irregular heartbeat.",
     "Weak muscles, irregular heartbeat.",
     "Bananas, spinach, sweet potatoes, beans, squash."),
    (Row("magnesium", "Magnesium", "鎂", "S4",
         "Needed by muscles, nerves and blood sugar."),
     "Cramps, twitching, tiredness.",
     "Diarrhea, nausea, weak muscles.",
     "Nuts, seeds, whole grains, leafy greens."),
    (Row("calcium", "Calcium", "鈣", "S2 S4",
         "Needed for muscles to tighten, nerves to signal, and bones."),
     "Spasms, twitching, numbness, tingling.",
     "Weak muscles, tiredness, kidney stones.",
     "Dairy products, leafy greens, fortified foods."),
    (Row("sodium", "Sodium", "鈉", "S4",
         "Keeps fluids, nerves and muscles in balance.", "salt"),
     "Cramps, twitching.",
     "High blood pressure, water retention.",
     "Table salt, processed foods."),
    (Row("phosphorus", "Phosphorus", "磷", "S2 S4",
         "Balanced against calcium by the parathyroid glands.", "phosphate"),
     "",
     "Goes with low calcium when the parathyroid glands are underactive.",
     ""),
    (Row("b_vitamins", "B vitamins", "維生素B群", "S3 S4",
         "Needed by nerves and for red blood cells.", "vitamin_b; vitamin_b12; b12"),
     "Damaged nerves, weak muscles, twitching.",
     "",
     "Meat, fish, dairy products, fortified foods."),
    (Row("vitamin_d", "Vitamin D", "維生素D", "S4",
         "Needed to take up calcium, for bones, nerves and muscles."),
     "Weak muscles, twitching, bone pain.",
     "",
     "Fatty fish, fortified foods, sunlight."),
    (Row("vitamin_e", "Vitamin E", "維生素E", "S4",
         "Protects nerve cells."),
     "Damaged nerves, weak muscles, twitching.",
     "",
     "Nuts, seeds, vegetable oils, leafy greens."),
)
# fmt: on

NUTRIENTS = CodeList(
    "nutrients",
    (
        Nutrient(**row.fields(), deficiency=deficiency, excess=excess, food_sources=foods)
        for row, deficiency, excess, foods in _NUTRIENTS
    ),
)
