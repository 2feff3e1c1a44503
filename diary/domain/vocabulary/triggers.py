"""Triggers and daily factors, the units they are given in, and caffeine presets."""

from dataclasses import dataclass
from enum import StrEnum

from diary.domain.vocabulary.codes import Code, CodeList, Row


class TriggerKind(StrEnum):
    """A daily exposure is asked every day; an event is told when it happens."""

    DAILY = "daily_exposure"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Code):
    """A factor. `unit` is a code of UNITS or empty; `check_in_field` names its daily question."""

    kind: TriggerKind
    unit: str = ""
    check_in_field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaffeinePreset(Code):
    """How much caffeine one serving stands for until the person edits it."""

    milligrams: int


# fmt: off
# Each row is followed by its unit and the field of the daily check-in that asks for it.
_ASKED_DAILY = (
    (Row("caffeine", "Caffeine", "咖啡因", "S0 S1 S2 S3 S4",
         "Caffeine taken that day, from any drink or food.",
         "coffee; tea; soda; chocolate; energy_drink; energy drinks; cola; 咖啡; 茶"),
     "mg", "caffeine_mg"),
    (Row("sleep_loss", "Too little sleep", "睡眠不足", "S1 S3 S4",
         "Less sleep than the person needs.",
         "poor_sleep; sleep_deprivation; short_sleep; sleep; lack of sleep"),
     "hours", "sleep_hours"),
    (Row("stress", "Stress", "壓力", "S0 S1 S2 S3 S4",
         "How stressed the person felt that day."),
     "score_0_10", "stress"),
    (Row("alcohol", "Alcohol", "酒精", "S2 S4",
         "Alcoholic drinks that day.", "alcohol_excess; drinking alcohol; 喝酒"),
     "standard_drinks", "alcohol_units"),
    (Row("screen_use", "Screen time", "螢幕時間", "project",
         "Hours in front of a screen that day.", "heavy_screen_use; screen_time; computer use"),
     "hours", "screen_hours"),
    (Row("exercise", "Exercise", "運動", "S1",
         "Physical exercise that day, above all when long.", "exercise_prolonged; sport"),
     "minutes", "exercise_minutes"),
    (Row("dehydration", "Too little to drink", "喝水不足", "S0 S1 S2 S4",
         "Less fluid than usual or than needed.", "low_fluid; thirst; 脫水"),
     "", "low_fluid"),
    (Row("infection", "Cold or infection", "感冒或感染", "S0 S1 S3",
         "A cold, another viral infection or a fever.",
         "acute_viral_infection; cold_or_uri; viral infection; common cold; flu; illness; ill"),
     "", "ill"),
    (Row("medication_change", "Change of medicine", "藥物變更", "S1",
         "A medicine started, stopped or changed in dose.", "medicines_changed"),
     "", "medicines_changed"),
)
_DAILY = (
    Row("fatigue", "Tiredness", "疲勞", "S0 S1 S2 S3",
        "Feeling worn out.", "tired; exhaustion"),
    Row("muscle_fatigue", "Tired muscles", "肌肉疲勞", "S0 S2",
        "The muscles of the area or the body are tired."),
    Row("overwork", "Overwork", "工作過度", "S3",
        "Too busy, without a break.", "overworked; long hours"),
    Row("work_stress", "Stress at work", "工作壓力", "S4",
        "A stressful time at work."),
    Row("anxiety", "Anxiety", "焦慮", "S0 S1 S2",
        "Feeling anxious or tense."),
    Row("anxiety_about_twitching", "Worry about the twitch", "擔心抽動", "S1",
        "The twitch worries the person, and worry brings more twitching.", "anxiety_loop"),
    Row("late_nights", "Late nights", "熬夜", "S1",
        "Going to bed very late.", "staying up late"),
    Row("irregular_sleep", "Irregular sleep", "睡眠不規律", "project",
        "Going to bed and getting up at changing hours."),
    Row("irregular_routine", "Irregular routine", "作息不規律", "S0",
        "Days without a regular rhythm."),
    Row("caffeine_increase", "More caffeine than usual", "咖啡因增加", "S3",
        "A recent rise in caffeine, whatever the level.", "more caffeine"),
    Row("other_stimulants", "Other stimulants", "其他刺激物", "S2 S3",
        "Stimulants other than caffeine.", "stimulants; stimulant"),
    Row("smoking", "Smoking or nicotine", "吸菸", "project",
        "Tobacco or nicotine that day.", "nicotine; tobacco; vaping"),
    Row("eye_strain", "Eye strain", "用眼過度", "S0",
        "The eyes were used hard.", "eyestrain"),
    Row("nutrition_deficit", "Poor diet", "營養不足", "S2 S3 S4",
        "Meals short of vitamins or minerals.", "nutritional deficiency; vitamin deficiency"),
    Row("medication", "A medicine", "藥物", "S1 S4",
        "A medicine seems to bring it on.", "medicine; drug"),
    Row("environmental", "Surroundings", "環境因素", "S4",
        "Something in the surroundings.", "environment"),
    Row("own", "Something else", "其他", "project",
        "The person's own words say what.", "other"),
)
_EVENTS = (
    Row("emotion", "Strong emotion", "情緒波動", "S2",
        "Fear, sadness, anger or joy.", "fear; sadness; anger; joy"),
    Row("excitement", "Excitement", "興奮", "project",
        "Being excited or keyed up."),
    Row("talking_to_others", "Talking to people", "與人交談", "project",
        "Talking with or in front of others."),
    Row("eating", "Eating", "吃東西", "project",
        "Eating or chewing brings it on."),
    Row("hot_cold_drinks", "Hot or cold drinks", "冷熱飲", "project",
        "A very hot or very cold drink brings it on."),
    Row("cold", "Cold air", "寒冷", "project",
        "Cold weather, wind or air conditioning; a cold as an illness is `infection`.",
        "cold weather; cold wind"),
    Row("heat", "Heat", "炎熱", "project",
        "Hot weather or a hot room.", "hot weather"),
    Row("recreational_drugs", "Recreational drugs", "毒品", "S2",
        "Drugs taken without a prescription.", "illicit_drugs; street_drugs; substance abuse"),
    Row("substance_withdrawal", "Withdrawal", "戒斷", "S2",
        "Stopping an addictive substance.", "withdrawal"),
    Row("opioid_withdrawal", "Opioid withdrawal", "鴉片類藥物戒斷", "S2",
        "Stopping or lowering an opioid painkiller."),
    Row("systemic_inflammation", "Illness of the whole body", "全身性發炎", "S0",
        "Inflammation felt in the whole body."),
    Row("nerve_infection", "Infection of a nerve", "神經感染", "S1 S3",
        "An infection or inflammation of a nerve, as told by a doctor.", "infection_of_nerve"),
    Row("trauma", "Blow or injury", "碰撞或外傷", "S3 S4",
        "A bump, blow or injury, above all to face or head.",
        "physical_trauma; bump; injury; head injury"),
    Row("surgery", "Surgery", "手術", "S3",
        "An operation.", "surgery_facial; facial surgery; operation"),
    Row("dental_work", "Dental work", "牙科治療", "project",
        "Treatment by a dentist.", "dentist; tooth extraction"),
    Row("vaccination", "Vaccination", "接種疫苗", "project",
        "A vaccination.", "vaccine"),
    Row("genetic", "Runs in the family", "遺傳因素", "S4",
        "Others in the family have it.", "hereditary"),
)
_UNITS = (
    Row("mg", "mg", "毫克", "S4", "Milligrams.", "milligram; milligrams"),
    Row("hours", "h", "小時", "S4", "Hours.", "hour"),
    Row("minutes", "min", "分鐘", "project", "Minutes.", "minute"),
    Row("seconds", "s", "秒", "S3", "Seconds.", "second"),
    Row("score_0_10", "0-10", "0-10 分", "project", "A score from 0, none, to 10, worst."),
    Row("standard_drinks", "drinks", "標準杯", "project",
        "Alcoholic drinks of about 10 g of alcohol.", "units; standard drink"),
    Row("times", "times", "次", "S1 S3", "How many times.", "count"),
)
_PRESETS = (
    (Row("coffee", "Cup of coffee", "一杯咖啡", "S4",
         "Derived: S4 equates 400 mg with five cups.", "cup of coffee"), 80),
    (Row("energy_drink", "Energy drink", "提神飲料", "S4",
         "Derived: S4 equates 400 mg with four energy drinks."), 100),
    (Row("soda", "Soda", "汽水", "S4",
         "Derived: S4 equates 400 mg with ten sodas.", "cola"), 40),
)
# fmt: on

TRIGGERS = CodeList(
    "triggers",
    (
        *(
            Trigger(**row.fields(), kind=TriggerKind.DAILY, unit=unit, check_in_field=asked)
            for row, unit, asked in _ASKED_DAILY
        ),
        *(Trigger(**row.fields(), kind=TriggerKind.DAILY) for row in _DAILY),
        *(Trigger(**row.fields(), kind=TriggerKind.EVENT) for row in _EVENTS),
    ),
)
UNITS = CodeList("units", (Code(**row.fields()) for row in _UNITS))
CAFFEINE_PRESETS = CodeList(
    "caffeine_presets",
    (CaffeinePreset(**row.fields(), milligrams=milligrams) for row, milligrams in _PRESETS),
)
