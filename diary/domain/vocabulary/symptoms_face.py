"""Symptoms of the head's parts: eyes, the use of the face, pain, ears, mouth and throat."""

from collections.abc import Mapping

from diary.domain.vocabulary.codes import Row
from diary.domain.vocabulary.symptom_family import SymptomFamily

# fmt: off
FACE_SYMPTOMS: Mapping[SymptomFamily, tuple[Row, ...]] = {
    SymptomFamily.EYE: (
        Row("eyelid_droop", "Drooping eyelid", "眼皮下垂", "S1 S4",
            "An upper lid hangs lower than before.",
            "ptosis; drooping eyelids; droopy eyelid; droopy eyelids; droopy eye; drooping lid; "
            "drooping eye; lid droop; 眼瞼下垂"),
        Row("eyelid_droop_on_movement", "Eyelid droops with movement", "動作時眼皮下垂", "project",
            "A lid drops while another part of the face moves."),
        Row("eyelid_heaviness", "Heavy eyelid", "眼皮沉重", "project",
            "A lid feels heavy.", "heavy eyelids; heavy lid; heavy lids; heavy eyes"),
        Row("eye_closes", "Eye is forced shut", "眼睛被迫閉上", "S1",
            "The twitch shuts the eye.",
            "eye_closure; forced eye closure; eyes close; eye shuts; eye squeezes shut; "
            "eyelids clamp shut; eyelid spasm; eyelid spasms; cannot open eyes; "
            "cannot open the eye; 眼睛張不開"),
        Row("eye_size_difference", "Eyes look unequal", "大小眼", "project",
            "One eye opening looks smaller than the other.",
            "one eye smaller; smaller eye; uneven eyes; 兩眼大小不同"),
        Row("eyelid_swelling", "Swollen eyelid", "眼皮腫", "project",
            "A lid is swollen, puffy or has a lump.",
            "swollen eyelid; swollen eyelids; puffy eyelid; puffy eyes; puffy eyelids; "
            "swollen eye; stye; chalazion; 針眼; 眼睛腫"),
        Row("eye_bulging", "Bulging eye", "眼球突出", "project",
            "An eye stands out more than before.",
            "bulging eyes; protruding eyes; proptosis; exophthalmos; 凸眼"),
        Row("eye_redness", "Red eye", "眼睛發紅", "S1",
            "The white of an eye is red.",
            "red eyes; redness; redness of the eye; bloodshot eyes; bloodshot eye; pink eye; "
            "紅眼; 眼睛充血"),
        Row("eye_discharge", "Discharge from the eye", "眼睛分泌物", "S1",
            "Mucus or pus comes from an eye.",
            "discharge; discharge from eye; sticky eye; sticky eyes; eye pus; crusty eyes; 眼屎"),
        Row("eye_pain", "Eye pain", "眼睛疼痛", "project",
            "An eye hurts.",
            "sore eye; painful eye; sore eyes; pain behind the eye; pain on moving the eye; "
            "eye ache; aching eyes; 眼睛痛"),
        Row("eye_burning", "Burning eye", "眼睛灼熱", "project",
            "An eye burns.", "burning eyes; stinging eyes; stinging eye; 眼睛刺痛"),
        Row("eye_irritation", "Irritated eye", "眼睛不適", "project",
            "An eye feels irritated or gritty.",
            "irritation; gritty eye; gritty_eyes; irritated eyes; sandy eyes; scratchy eyes; "
            "foreign body feeling; foreign body sensation; 眼睛異物感"),
        Row("eye_fatigue", "Tired eyes", "眼睛疲勞", "S3",
            "The eyes feel tired.",
            "eye tiredness; tired eye; eye strain; eyestrain; strained eyes; 眼睛疲倦; 眼睛痠"),
        Row("tearing", "Watering eye", "流眼淚", "project",
            "An eye waters.",
            "watery eyes; watering eyes; teary eyes; runny eye; lacrimation; epiphora; 流淚"),
        Row("tearing_when_eating", "Eye waters when eating", "吃東西時流淚", "project",
            "An eye waters while eating.", "crocodile tears; tears when eating"),
        Row("dryness", "Dry eye", "眼睛乾澀", "project",
            "An eye feels dry.", "dry eyes; dry_eye; 乾眼; 眼睛乾"),
        Row("light_sensitivity", "Sensitive to light", "畏光", "project",
            "Light hurts or is unpleasant.", "photophobia; bright light hurts; glare; 怕光"),
    ),
    SymptomFamily.FACE_FUNCTION: (
        Row("cannot_close_eye", "Cannot close the eye", "眼睛閉不起來", "project",
            "An eye will not shut.",
            "incomplete eye closure; lagophthalmos; eye will not close; eye does not close; "
            "cannot blink; cannot shut eye; weak blink; 眼睛無法閉合; 眼睛閉不緊"),
        Row("drink_leaks", "Drinks run out of the mouth", "喝水漏水", "project",
            "Drinks run out at a corner of the mouth.",
            "leaking drinks; food falls out of the mouth; water leaks; dribbles drinks; 漏水"),
        Row("drooling", "Drooling", "流口水", "project",
            "Saliva runs out of the mouth.", "dribbling; dribble; saliva leaks; 口水流出"),
        Row("facial_tightness", "Tight face", "臉部緊繃", "S3",
            "Part of the face feels tight.",
            "tightness; tight sensation; stiff face; facial stiffness; face tightness; "
            "pulling feeling; pulling; tight jaw; jaw tension; tense jaw; 臉緊; 臉僵硬"),
        Row("swallowing_difficulty", "Trouble swallowing", "吞嚥困難", "project",
            "Food or drink is hard to swallow.",
            "dysphagia; difficulty swallowing; hard to swallow; choking on food; "
            "choking on drinks; 吞不下"),
        Row("eating_difficulty", "Trouble eating", "進食困難", "S4",
            "Eating or chewing is hard.",
            "eating_speaking_expression_difficulty; chewing difficulty; trouble chewing; "
            "difficulty eating; difficulty chewing; 咀嚼困難"),
        Row("expression_difficulty", "Trouble making expressions", "表情困難", "S4",
            "Smiling or other expressions are hard.",
            "cannot smile; trouble smiling; cannot whistle; cannot pucker; 無法微笑"),
        Row("taste_change", "Change of taste", "味覺改變", "project",
            "Things taste different, weaker or of metal.",
            "altered taste; loss of taste; taste loss; metallic taste; dysgeusia; 味覺異常"),
        Row("smell_loss", "Weak or lost smell", "嗅覺喪失", "project",
            "Smells are weak or gone.", "loss of smell; anosmia; reduced smell; 聞不到味道"),
    ),
    SymptomFamily.PAIN: (
        Row("facial_pain", "Pain in the face", "臉部疼痛", "project",
            "Part of the face hurts.",
            "face pain; jaw_pain; sore jaw; jaw ache; jaw soreness; cheek pain; sinus pain; "
            "sinus pressure; pain in face; facial ache; 臉痛; 下巴痛; 顎痛"),
        Row("jaw_pain_on_chewing", "Jaw hurts or tires on chewing", "咀嚼時下顎痛", "project",
            "The jaw hurts or tires while chewing and recovers at rest.",
            "jaw claudication; jaw pain when chewing; chewing pain; pain when chewing; "
            "jaw tires when chewing"),
        Row("shooting_pain", "Stabbing pain in the face", "臉部電擊痛", "project",
            "Short pains like a stab or an electric shock.",
            "electric shock pain; electric shocks; stabbing pain; lancinating pain; "
            "lightning pain; 電擊痛; 刺痛"),
        Row("toothache", "Toothache", "牙痛", "project",
            "A tooth or the gum hurts.",
            "tooth pain; dental pain; tooth ache; sore tooth; sore gum; gum pain; "
            "sensitive teeth; 牙齒痛"),
        Row("jaw_clicking", "Clicking jaw", "下顎關節彈響", "project",
            "The jaw joint clicks, grates or catches.",
            "jaw popping; jaw clicks; clicking jaw joint; tmj clicking"),
        Row("pain", "Pain", "疼痛", "S3",
            "Pain, place unsaid, or where it twitches.",
            "ache; aching; soreness; sore; lip pain; eyelid pain; 痛"),
        Row("cheek_soreness_on_laughing", "Sore cheek on laughing", "笑時臉頰痠", "project",
            "The cheek is sore when laughing."),
        Row("bone_pain", "Bone pain", "骨頭疼痛", "S4",
            "Bones hurt.", "bone ache"),
        Row("muscle_pain", "Aching muscles", "肌肉痠痛", "project",
            "Muscles ache.",
            "muscle ache; muscle aches; muscle soreness; sore muscles; myalgia; body aches; "
            "全身痠痛"),
        Row("joint_pain", "Joint pain", "關節痛", "project",
            "One or more joints hurt.", "joint pains; arthralgia; aching joints"),
        Row("back_pain", "Back pain", "背痛", "project",
            "The back hurts.", "backache; lower back pain; 腰痛"),
        Row("abdominal_pain", "Belly pain", "腹痛", "project",
            "The belly hurts.",
            "stomach pain; stomach ache; stomachache; abdominal cramps; 肚子痛; 胃痛"),
    ),
    SymptomFamily.EAR: (
        Row("ear_pain", "Ear pain", "耳朵痛", "project",
            "Pain in or behind an ear.", "pain behind the ear; earache; ear ache; sore ear; 耳痛"),
        Row("ear_discharge", "Discharge from the ear", "耳朵流出分泌物", "project",
            "Fluid or pus comes from an ear.",
            "ear drainage; runny ear; leaking ear; draining ear; ear pus; otorrhea; otorrhoea; "
            "耳漏; 耳朵流膿"),
        Row("ear_fullness", "Blocked ear", "耳朵悶塞", "project",
            "An ear feels full or blocked.",
            "ear pressure; plugged ear; full ear; clogged ear; 耳塞感; 耳悶"),
        Row("ear_noise", "Noise in the ear", "耳鳴", "project",
            "Ringing, clicking or another noise in an ear.",
            "tinnitus; clicking in the ear; ringing ears; ringing in the ears; ear ringing; "
            "ear clicking; ear fluttering; thumping in the ear; pulsatile tinnitus; buzzing ear; "
            "耳朵嗡嗡叫"),
        Row("hearing_change", "Change of hearing", "聽力變化", "project",
            "Hearing is weaker, louder or different.",
            "hearing problem; hearing loss; muffled hearing; deafness; "
            "reduced hearing; 聽不清楚; 聽力下降"),
        Row("hyperacusis", "Sounds are too loud", "聽覺過敏", "project",
            "Ordinary sounds seem too loud or hurt.",
            "sensitive to sound; sound sensitivity; noise sensitivity; sensitive hearing; "
            "phonophobia; 怕吵"),
    ),
    SymptomFamily.THROAT: (
        Row("sore_throat", "Sore throat", "喉嚨痛", "S0",
            "The throat hurts or is inflamed.",
            "throat_inflamed; throat pain; painful throat; tonsillitis"),
        Row("swollen_glands", "Swollen glands", "淋巴結腫大", "S0",
            "Lymph nodes are swollen.",
            "nodes_swollen; swollen lymph nodes; swollen lymph glands; swollen nodes; "
            "lymph nodes swollen"),
        Row("globus", "Lump in the throat", "喉嚨異物感", "project",
            "A feeling of a lump in the throat.", "lump feeling; lump in throat; 梅核氣; 喉嚨卡卡"),
        Row("hoarse_voice", "Hoarse or weak voice", "聲音沙啞", "project",
            "The voice is hoarse, weak or changed.",
            "hoarseness; hoarse; voice change; weak voice; lost voice; 沙啞; 失聲"),
        Row("dry_mouth", "Dry mouth", "口乾", "project",
            "The mouth is dry.", "xerostomia; dry lips; 嘴乾"),
        Row("salivation", "More saliva", "唾液增加", "project",
            "More saliva than usual.", "excess saliva; too much saliva; hypersalivation; 口水多"),
        Row("mouth_sores", "Sores in or around the mouth", "口腔或嘴唇潰瘍", "project",
            "An ulcer, cold sore or blister of mouth or lip.",
            "mouth sore; mouth ulcer; mouth ulcers; canker sore; cold sore; cold sores; "
            "lip blister; lip sore; 嘴破; 口瘡; 唇疱疹"),
    ),
}
# fmt: on
