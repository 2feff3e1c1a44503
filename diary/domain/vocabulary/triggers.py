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
         "coffee; tea; soda; chocolate; energy_drink; energy drinks; cola; 咖啡; 茶; espresso; "
         "green tea; matcha; caffeine pill; caffeinated drinks; bubble tea; 奶茶; 手搖飲; "
         "能量飲料; 巧克力"),
     "mg", "caffeine_mg"),
    (Row("sleep_loss", "Too little sleep", "睡眠不足", "S1 S3 S4",
         "Less sleep than the person needs.",
         "poor_sleep; sleep_deprivation; short_sleep; sleep; lack of sleep; little sleep; "
         "no sleep; insomnia; sleepless night; bad sleep; 失眠; 睡不好; 沒睡好"),
     "hours", "sleep_hours"),
    (Row("stress", "Stress", "壓力", "S0 S1 S2 S3 S4",
         "How stressed the person felt that day.",
         "stressed; exams; exam stress; deadline; deadlines; pressure; mental stress; "
         "emotional stress; 壓力大; 考試"),
     "score_0_10", "stress"),
    (Row("alcohol", "Alcohol", "酒精", "S2 S4",
         "Alcoholic drinks that day.",
         "alcohol_excess; drinking alcohol; 喝酒; wine; beer; drinks; hangover; spirits; 酒; 啤酒"),
     "standard_drinks", "alcohol_units"),
    (Row("screen_use", "Screen time", "螢幕時間", "project",
         "Hours in front of a screen that day.",
         "heavy_screen_use; screen_time; computer use; screens; phone use; computer; phone; "
         "gaming; smartphone; television; 3C 產品; 手機; 電腦"),
     "hours", "screen_hours"),
    (Row("exercise", "Exercise", "運動", "S1",
         "Physical exercise that day, above all when long.",
         "exercise_prolonged; sport; workout; gym; running; physical activity; physical effort; "
         "exertion; 健身; 跑步"),
     "minutes", "exercise_minutes"),
    (Row("dehydration", "Too little to drink", "喝水不足", "S0 S1 S2 S4",
         "Less fluid than usual or than needed.",
         "low_fluid; thirst; 脫水; not drinking enough; too little water; 缺水; 水喝太少"),
     "", "low_fluid"),
    (Row("infection", "Cold or infection", "感冒或感染", "S0 S1 S3",
         "A cold, another viral infection or a fever.",
         "acute_viral_infection; cold_or_uri; viral infection; common cold; flu; illness; ill; "
         "fever; sore throat; stomach bug; gastroenteritis; covid; covid infection; sinusitis; "
         "感冒; 發燒; 感染"),
     "", "ill"),
    (Row("medication_change", "Change of medicine", "藥物變更", "S1",
         "A medicine started, stopped or changed in dose.",
         "medicines_changed; new medicine; new medication; stopped medicine; dose change; "
         "change of medication; 換藥; 停藥"),
     "", "medicines_changed"),
)
_DAILY = (
    Row("fatigue", "Tiredness", "疲勞", "S0 S1 S2 S3",
        "Feeling worn out.", "tired; exhaustion; exhausted; being tired; 累; 疲倦"),
    Row("muscle_fatigue", "Tired muscles", "肌肉疲勞", "S0 S2",
        "The muscles of the area or the body are tired.",
        "muscle overuse; muscle strain; long talking; 肌肉痠"),
    Row("overwork", "Overwork", "工作過度", "S3",
        "Too busy, without a break.", "overworked; long hours; working late; overtime; 加班; 過勞"),
    Row("work_stress", "Stress at work", "工作壓力", "S4",
        "A stressful time at work."),
    Row("anxiety", "Anxiety", "焦慮", "S0 S1 S2",
        "Feeling anxious or tense.",
        "anxious; nervousness; nervous; tension; worry; worrying; 緊張; 擔心"),
    Row("anxiety_about_twitching", "Worry about the twitch", "擔心抽動", "S1",
        "The twitch worries the person, and worry brings more twitching.", "anxiety_loop"),
    Row("late_nights", "Late nights", "熬夜", "S1",
        "Going to bed very late.", "staying up late; late night; going to bed late; 晚睡"),
    Row("irregular_sleep", "Irregular sleep", "睡眠不規律", "project",
        "Going to bed and getting up at changing hours.",
        "jet lag; shift work; night shift; night shifts; 輪班; 時差; 夜班"),
    Row("irregular_routine", "Irregular routine", "作息不規律", "S0",
        "Days without a regular rhythm.", "travel; travelling; traveling; change of routine"),
    Row("caffeine_increase", "More caffeine than usual", "咖啡因增加", "S3",
        "A recent rise in caffeine, whatever the level.", "more caffeine"),
    Row("other_stimulants", "Other stimulants", "其他刺激物", "S2 S3",
        "Stimulants other than caffeine.", "stimulants; stimulant"),
    Row("smoking", "Smoking or nicotine", "吸菸", "project",
        "Tobacco or nicotine that day.",
        "nicotine; tobacco; vaping; cigarettes; cigarette; e-cigarette; vape; 抽菸; 電子菸"),
    Row("eye_strain", "Eye strain", "用眼過度", "S0",
        "The eyes were used hard.",
        "eyestrain; tired eyes; eye fatigue; reading; close work; 眼睛疲勞"),
    Row("nutrition_deficit", "Poor diet", "營養不足", "S2 S3 S4",
        "Meals short of vitamins or minerals.",
        "nutritional deficiency; vitamin deficiency; bad diet; unhealthy diet; lack of vitamins; "
        "偏食"),
    Row("medication", "A medicine", "藥物", "S1 S4",
        "A medicine seems to bring it on.",
        "medicine; drug; medicines; medications; drug side effect; side effect; 藥物副作用"),
    Row("environmental", "Surroundings", "環境因素", "S4",
        "Something in the surroundings.",
        "environment; weather; weather change; air pollution; 天氣; 天氣變化"),
    Row("menstruation", "Monthly period", "月經", "project",
        "Days before or during the period, or another change of hormones.",
        "period; periods; menstrual cycle; premenstrual; pms; hormones; hormonal changes; "
        "menopause; 生理期; 經期; 經前"),
    Row("hunger", "Skipped meals", "沒吃飯", "project",
        "Long without food.",
        "skipped meal; skipping meals; fasting; hungry; low blood sugar; 餓; 肚子餓; 斷食; 低血糖"),
    Row("allergy", "Allergy", "過敏", "project",
        "Pollen, dust, animals or another allergen.",
        "allergies; allergen; pollen; dust; hay fever; pet hair; 花粉; 塵蟎"),
    Row("contact_lenses", "Contact lenses", "隱形眼鏡", "project",
        "Wearing contact lenses that day.", "contacts; contact lens"),
    Row("own", "Something else", "其他", "project",
        "The person's own words say what.", "other"),
)
_EVENTS = (
    Row("emotion", "Strong emotion", "情緒波動", "S2",
        "Fear, sadness, anger or joy.",
        "fear; sadness; anger; joy; emotions; strong emotions; upset; argument; shock; grief; "
        "frustration; embarrassment; 情緒; 生氣; 難過"),
    Row("crying", "Crying", "哭泣", "project",
        "Crying brings it on.", "cry; tears; weeping; 哭"),
    Row("startle", "Sudden noise or fright", "驚嚇", "project",
        "A sudden noise or touch that startles.",
        "loud noise; noise; sudden noise; startled; being startled; 噪音; 嚇到"),
    Row("excitement", "Excitement", "興奮", "project",
        "Being excited or keyed up."),
    Row("talking_to_others", "Talking to people", "與人交談", "project",
        "Talking with or in front of others.",
        "talking; speaking; speech; conversation; public speaking; 講話; 說話"),
    Row("facial_movement", "Moving the face", "臉部動作", "project",
        "Smiling, blinking, yawning or another movement of the face brings it on.",
        "smiling; laughing; blinking; yawning; facial expression; facial expressions; "
        "closing the eyes; frowning; whistling; puckering; 微笑; 大笑; 眨眼; 打哈欠"),
    Row("eating", "Eating", "吃東西", "project",
        "Eating or chewing brings it on.", "chewing; food; meals; 進食; 咀嚼"),
    Row("certain_food", "A certain food", "特定食物", "project",
        "A food or ingredient brings it on.",
        "sugar; spicy food; salty food; msg; sweetener; artificial sweetener; aspartame; sweets; "
        "甜食; 辣; 味精"),
    Row("hot_cold_drinks", "Hot or cold drinks", "冷熱飲", "project",
        "A very hot or very cold drink brings it on.",
        "cold drinks; hot drinks; ice; cold food; ice cream; 冰飲; 熱飲"),
    Row("touch", "Touch", "觸碰", "project",
        "Touching, rubbing, washing or shaving the place brings it on.",
        "touching; touching the face; rubbing; rubbing the eyes; eye rubbing; shaving; "
        "washing the face; brushing teeth; light touch; 摸; 揉眼睛; 刷牙; 洗臉"),
    Row("cold", "Cold air", "寒冷", "project",
        "Cold weather, wind or air conditioning; a cold as an illness is `infection`.",
        "cold weather; cold wind; wind; air conditioning; cold air on the face; 吹風; 冷氣; 天冷"),
    Row("heat", "Heat", "炎熱", "project",
        "Hot weather or a hot room.", "hot weather; sauna; hot bath; hot shower; 天熱"),
    Row("bright_light", "Bright or flickering light", "強光或閃光", "project",
        "Sunlight, bright or flickering light brings it on.",
        "light; sunlight; sun; glare; flashing lights; flickering light; 陽光; 太陽; 光線"),
    Row("recreational_drugs", "Recreational drugs", "毒品", "S2",
        "Drugs taken without a prescription.",
        "illicit_drugs; street_drugs; substance abuse; cannabis; marijuana; cocaine; mdma; "
        "ecstasy; 大麻"),
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
        "physical_trauma; bump; injury; head injury; accident; fall; blow to the head; "
        "blow to the face; concussion; whiplash; 撞到; 車禍; 跌倒"),
    Row("surgery", "Surgery", "手術", "S3",
        "An operation.",
        "surgery_facial; facial surgery; operation; anesthesia; anaesthesia; general anesthetic; "
        "開刀"),
    Row("dental_work", "Dental work", "牙科治療", "project",
        "Treatment by a dentist.",
        "dentist; tooth extraction; dental treatment; dental procedure; dental surgery; filling; "
        "tooth filling; root canal; dental implant; crown; braces; wisdom tooth removal; "
        "tooth pulled; dental cleaning; dental injection; dental anesthetic; dental anaesthetic; "
        "local anesthetic; local_anaesthetic; 看牙; 拔牙; 根管治療; 植牙; 補牙"),
    Row("cosmetic_treatment", "Cosmetic treatment", "醫美療程", "project",
        "Botulinum toxin, filler, laser or another treatment of the face.",
        "botox; botulinum toxin; filler; fillers; laser; facial; microneedling; 肉毒; 玻尿酸; "
        "雷射"),
    Row("vaccination", "Vaccination", "接種疫苗", "project",
        "A vaccination.", "vaccine; vaccine shot; jab; covid vaccine; flu shot; 打疫苗; 疫苗"),
    Row("genetic", "Runs in the family", "遺傳因素", "S4",
        "Others in the family have it.", "hereditary; family history; inherited; 遺傳"),
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
