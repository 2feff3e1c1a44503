"""Symptoms that are movements: shaking, twitching elsewhere, cramps, pulling and turning."""

from collections.abc import Mapping

from diary.domain.vocabulary.codes import Row
from diary.domain.vocabulary.symptom_family import SymptomFamily

# fmt: off
MOVEMENT_SYMPTOMS: Mapping[SymptomFamily, tuple[Row, ...]] = {
    SymptomFamily.TREMOR: (
        Row("hand_tremor", "Shaking hands", "手抖", "S0 S1 S2",
            "One or both hands shake.",
            "hand shaking; trembling hands; hand tremors; shaky hands; hand shakes; "
            "finger tremor; arm tremor; arm shaking; 手震; 手顫抖"),
        Row("head_shaking", "Shaking head", "頭部搖晃", "S1 S2",
            "The head shakes.",
            "head tremor; head tremors; head bobbing; head nodding; 頭抖; 搖頭"),
        Row("chin_or_jaw_tremor", "Shaking chin, jaw or lip", "下巴或嘴唇抖動", "project",
            "Chin, jaw or lip shakes to and fro.",
            "chin tremor; jaw tremor; lip tremor; chin trembling; trembling chin; "
            "rabbit syndrome; teeth chattering; 下巴抖"),
        Row("voice_tremor", "Shaking voice", "聲音顫抖", "project",
            "The voice shakes.", "trembling voice; shaky voice; quavering voice"),
        Row("body_tremor", "Shaking, elsewhere or inside", "身體顫抖", "project",
            "Legs, trunk or the whole body shake, or shaking is felt inside; place may be unsaid.",
            "tremor; tremors; shaking; shakiness; trembling; leg tremor; leg shaking; "
            "internal tremor; inner trembling; 顫抖; 發抖; 腳抖"),
    ),
    SymptomFamily.MOVEMENT: (
        Row("twitch_elsewhere_in_face", "Twitching elsewhere in the face", "臉部其他處抽動", "S1",
            "Another part of the face twitches as well.",
            "other_face_twitch; facial twitching; face twitch; face twitching; eye twitch; "
            "eye twitching; eyelid twitch; eyelid twitching; lip twitch; lip twitching; "
            "cheek twitch; cheek twitching; mouth twitching; chin twitching; 眼皮跳; 臉部抽動"),
        Row("twitch_elsewhere_in_body", "Twitching in the body", "身體其他處抽動", "S1",
            "Muscles outside the face twitch as well.",
            "other_face_or_body_twitch; body_twitching; muscle twitching; leg twitching; "
            "arm twitching; hand twitching; finger twitching; thumb twitching; calf twitching; "
            "foot twitching; fasciculations; fasciculation; 肉跳"),
        Row("tongue_twitching", "Twitching tongue", "舌頭抽動", "project",
            "The tongue twitches or ripples.",
            "tongue twitch; tongue fasciculation; tongue fasciculations; tongue quivering"),
        Row("jaw_cramp", "Jaw cramp or locked jaw", "下顎痙攣", "project",
            "The jaw cramps or will not open.",
            "locked jaw; trismus; jaw spasm; lockjaw; jaw locking; jaw stiffness; stiff jaw; "
            "jaw clenches by itself; 牙關緊閉; 嘴巴張不開"),
        Row("muscle_cramp", "Muscle cramp", "肌肉抽筋", "S1 S3 S4",
            "A painful cramp of a muscle.",
            "cramp; cramps; muscle cramps; leg cramp; leg_cramps; calf cramp; calf cramps; "
            "foot cramp; foot cramps; toe cramps; hand_cramp; hand cramps; finger cramp; "
            "finger cramps; arm cramp; charley horse; muscle spasm; muscle spasms; hand spasm; "
            "carpopedal spasm; 抽筋; 腳抽筋; 手抽筋; 小腿抽筋"),
        Row("unwanted_movements_or_sounds", "Unwanted movements or sounds", "不自主動作或聲音",
            "S2", "Sudden movements or sounds the person did not want.",
            "sounds_or_movements; vocal tics; tic; tics; vocal tic; grunting; throat clearing; "
            "sniffing; grimacing; shrugging; 清喉嚨"),
        Row("mouth_movements", "Unwanted mouth movements", "嘴部不自主動作", "project",
            "Lips, jaw or tongue smack, chew, pucker or push by themselves.",
            "lip_smacking; smacking; chewing movements; lip puckering; puckering; pursing lips; "
            "tongue protrusion; tongue thrusting; tongue sticks out; oral dyskinesia; 咂嘴; "
            "嘟嘴; 吐舌"),
        Row("neck_twisting", "Neck twists or pulls", "脖子歪扭", "project",
            "The neck turns, tilts or pulls and stays so.",
            "torticollis; wry neck; twisted neck; neck pulling; neck spasm; neck turning; "
            "head turning; head tilt; head pulled back; retrocollis; 斜頸; 歪脖子"),
        Row("body_twisting", "Trunk or limb twists", "身體或肢體扭轉", "project",
            "The back, an arm or a leg twists or arches and stays so.",
            "back arching; arched back; opisthotonos; limb twisting; dystonic posture; "
            "toes curling; curled toes"),
        Row("frequent_blinking", "Frequent blinking", "頻繁眨眼", "S1",
            "Blinking more than usual.",
            "blinking; excessive blinking; eye blinking; blinking more; rapid blinking; 眨眼; "
            "一直眨眼"),
        Row("teeth_grinding", "Grinding or clenching teeth", "磨牙或咬緊牙關", "project",
            "The teeth are ground or pressed together, by day or asleep.",
            "bruxism; teeth clenching; jaw clenching; clenched jaw; clenched teeth; "
            "grinding teeth; 磨牙; 咬緊牙關"),
        Row("synkinesis", "Parts of the face move together", "臉部連動", "project",
            "One part of the face moves when another is meant to, as the mouth on blinking.",
            "mouth moves when blinking; eye closes when smiling; eye closes when eating; "
            "eye narrows when smiling; co-movement; facial synkinesis; 聯帶運動; 連帶運動"),
        Row("involuntary_body_movements", "Unwanted body movements", "身體不自主動作", "S0",
            "The body moves by itself.",
            "involuntary movements; jerks; body jerks; limb jerks; jerking; chorea; dyskinesia; "
            "身體抽動"),
    ),
}
# fmt: on
