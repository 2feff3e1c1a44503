"""Body sites a person can point at, by the group the spread and persistence rules look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from diary.domain.vocabulary.codes import Code, CodeList, Row


class SiteGroup(StrEnum):
    """Regions that spread is judged between. `FACE` is the face with the region unsaid."""

    EYELID = "eyelid"
    LOWER = "lower"
    OTHER_FACE = "other_face"
    FACE = "face"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Code):
    """A body site. `sided` says whether left and right make sense for it."""

    group: SiteGroup
    sided: bool


# fmt: off
_SIDED = {
    SiteGroup.EYELID: (
        Row("upper_eyelid", "Upper eyelid", "上眼皮", "S0",
            "The upper lid of an eye.", "eyelid_upper; 上眼瞼; upper lid; top eyelid"),
        Row("lower_eyelid", "Lower eyelid", "下眼皮", "S0",
            "The lower lid of an eye.", "eyelid_lower; 下眼瞼; lower lid; bottom eyelid"),
        Row("eyelid", "Eyelid", "眼皮", "S0 S1 S3 S4",
            "A lid of an eye, upper or lower unsaid.", "eyelids; lid; 眼瞼"),
        Row("eyebrow", "Eyebrow", "眉毛", "S3",
            "The brow above an eye.", "brow; eyebrows; 眉"),
        Row("glabella", "Between the eyebrows", "眉間", "project",
            "The skin and muscle between the brows, above the nose.",
            "between the brows; between eyebrows; frown line; frown lines; corrugator; 眉心; 印堂"),
        Row("around_eye", "Around the eye", "眼周", "project",
            "The ring of muscle around an eye.",
            "eye; eye corner; periocular; eyes; corner of the eye; outer eye; crows feet; 眼睛; "
            "眼角; 眼尾"),
        Row("forehead", "Forehead", "額頭", "project",
            "The skin and muscle above the brows.", "前額"),
    ),
    SiteGroup.LOWER: (
        Row("tear_trough", "Tear trough", "淚溝", "S1",
            "The groove between lower lid and cheek.",
            "under eye; under the eye; eye bag; eye bags; below the eye; 眼袋; 眼下; 臥蠶"),
        Row("cheek", "Cheek", "臉頰", "S1 S3",
            "The cheek, including its apple.",
            "apple_cheek; apple of the cheek; cheeks; 蘋果肌; cheekbone; nasolabial fold; "
            "smile line; 顴骨; 法令紋; 面頰"),
        Row("upper_lip", "Upper lip", "上唇", "S0 S1 S3 S4",
            "The upper lip.", "lip_upper; 上嘴唇; top lip"),
        Row("lower_lip", "Lower lip", "下唇", "S0 S1 S4",
            "The lower lip.", "lip_lower; 下嘴唇; bottom lip"),
        Row("lips", "Lips", "嘴唇", "S0 S1 S2 S3 S4",
            "Both lips, or a lip with the side unsaid.", "lip; both lips; 嘴脣; 唇"),
        Row("mouth_corner", "Corner of the mouth", "嘴角", "S3",
            "Where the upper and lower lip meet.",
            "corner of mouth; oral commissure; mouth edge; corner of lips; lip corner; "
            "mouth corners"),
        Row("mouth", "Mouth", "嘴巴", "S3 S4",
            "The mouth and the muscle around it.",
            "around the mouth; perioral; inside the mouth; gums; gum; 口; 嘴; 嘴邊; 嘴巴周圍"),
        Row("philtrum", "Groove above the lip", "人中", "project",
            "The groove between nose and upper lip."),
        Row("chin", "Chin", "下巴", "project",
            "The front of the lower face below the lips.", "mentalis; 下頦"),
        Row("nose", "Nose", "鼻子", "project",
            "The nose and its sides.",
            "nostril; nostrils; side of the nose; bridge of the nose; 鼻翼; 鼻樑"),
    ),
    SiteGroup.OTHER_FACE: (
        Row("jaw", "Jaw", "下顎", "S3",
            "The lower jaw and its muscles.",
            "lower_jaw; jawline; 下頷; jaw muscle; masseter; jaw joint; 腮幫子; 咬肌; 顎"),
        Row("neck", "Neck", "脖子", "project",
            "The neck, front or side.", "頸部; platysma; 頸; 頸子"),
        Row("ear", "Ear", "耳朵", "project",
            "The ear or the area around it.", "ears; earlobe; behind the ear; 耳後"),
        Row("head", "Head", "頭部", "S2",
            "The head as a whole.", "temple; temples; 頭; 太陽穴"),
        Row("scalp", "Scalp", "頭皮", "project",
            "The skin of the skull under the hair."),
    ),
    SiteGroup.FACE: (
        Row("face", "Face", "臉部", "S1 S2 S3 S4",
            "The face, part unsaid, or all of it.",
            "hemiface; half of the face; 半邊臉; 面部; whole face; facial; 臉; 半臉; 顏面"),
    ),
    SiteGroup.BODY: (
        Row("arm", "Arm", "手臂", "S2",
            "The arm between shoulder and wrist.",
            "arms; upper limb; forearm; upper arm; elbow; biceps; triceps; 胳膊"),
        Row("hand", "Hand", "手", "S0 S1 S2 S4",
            "The hand without naming a finger.", "hands; wrist; palm; 手掌; 手腕"),
        Row("finger", "Finger", "手指", "S0 S2",
            "One or more fingers.",
            "fingers; thumb; index finger; little finger; thumbs; 拇指; 大拇指"),
        Row("leg", "Leg", "腿", "project",
            "The leg, part unsaid.", "legs; lower limb; knee; 膝蓋"),
        Row("thigh", "Thigh", "大腿", "project",
            "The leg above the knee.", "quadriceps; hamstring; upper leg"),
        Row("calf", "Calf", "小腿", "project",
            "The back of the leg below the knee.", "lower leg; shin; calves; calf muscle"),
        Row("foot", "Foot", "腳", "S1 S4",
            "The foot or its toes.", "feet; toe; toes; 腳趾; sole; ankle; heel; 腳掌; 腳踝"),
        Row("limb", "Arms or legs", "四肢", "S4",
            "Arms or legs, part unsaid.", "limbs; extremities; extremity"),
        Row("shoulder", "Shoulder", "肩膀", "project",
            "The shoulder.", "shoulders; shoulder blade; trapezius; 肩; 肩胛"),
        Row("buttock", "Buttock", "臀部", "project",
            "The buttock.", "buttocks; hip; glute; glutes; 屁股"),
        Row("body_side", "One side of the body", "半邊身體", "S4",
            "One whole side of the body.", "side of the body; half of the body"),
    ),
}
_UNSIDED = {
    SiteGroup.OTHER_FACE: (
        Row("tongue", "Tongue", "舌頭", "S0 S2",
            "The tongue."),
        Row("throat", "Throat", "喉嚨", "S0",
            "The throat."),
        Row("palate", "Roof of the mouth", "上顎", "project",
            "The hard or soft palate.", "soft palate; uvula; palatal; 軟顎; 懸壅垂"),
        Row("voice_box", "Voice box", "聲帶", "S2",
            "The voice box and vocal cords.", "larynx; vocal cords; 喉頭"),
    ),
    SiteGroup.BODY: (
        Row("back", "Back", "背部", "project",
            "The back.", "lower back; upper back; spine; 腰; 背"),
        Row("abdomen", "Abdomen", "腹部", "project",
            "The belly.", "belly; stomach; tummy; abdominal muscles; 肚子; 腹"),
        Row("trunk", "Trunk", "軀幹", "project",
            "Chest, belly and back together.", "chest; torso; rib; ribs; rib cage; 胸部; 胸口"),
        Row("whole_body", "Whole body", "全身", "S0 S1",
            "All over the body.", "body; entire body; all over; everywhere; 身體"),
    ),
}
_STRUCTURES = (
    Row("facial_nerve", "Facial nerve", "顏面神經", "S1 S2 S3 S4",
        "Cranial nerve 7, which moves the face.", "cranial nerve 7; cn7; cn vii"),
    Row("trigeminal_nerve", "Trigeminal nerve", "三叉神經", "S1 S4",
        "Cranial nerve 5, which feels the face.", "cranial nerve 5; cn5; cn v"),
    Row("brain", "Brain", "大腦", "S4",
        "The brain."),
    Row("brainstem", "Brainstem", "腦幹", "S1 S4",
        "The part of the brain where the facial nerve starts."),
    Row("spinal_cord", "Spinal cord", "脊髓", "S4",
        "The spinal cord."),
    Row("parathyroid", "Parathyroid glands", "副甲狀腺", "S2 S4",
        "Four small glands in the neck that keep calcium level.", "parathyroid gland"),
    Row("lymph_nodes", "Lymph nodes", "淋巴結", "S0",
        "Lymph nodes, as in a swollen neck.", "glands; lymph node"),
)
# fmt: on


def _sites(rows: Mapping[SiteGroup, tuple[Row, ...]], *, sided: bool) -> tuple[Site, ...]:
    return tuple(
        Site(**row.fields(), group=group, sided=sided)
        for group, group_rows in rows.items()
        for row in group_rows
    )


SITES = CodeList("sites", (*_sites(_SIDED, sided=True), *_sites(_UNSIDED, sided=False)))

# Named by the sources in explanations; nobody twitches there, so they are not offered as sites.
STRUCTURES = CodeList("structures", (Code(**row.fields()) for row in _STRUCTURES))
