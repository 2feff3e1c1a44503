"""Symptoms of nerves and brain: strength, feeling, speech, sight, consciousness, head, breath."""

from collections.abc import Mapping

from diary.domain.vocabulary.codes import Row
from diary.domain.vocabulary.symptom_family import SymptomFamily

# fmt: off
NERVOUS_SYMPTOMS: Mapping[SymptomFamily, tuple[Row, ...]] = {
    SymptomFamily.MOTOR_LOSS: (
        Row("face_droop", "Face droops", "臉部下垂", "S0 S2",
            "One side of the face hangs.",
            "facial_droop; drooping face; 嘴歪; mouth droop; mouth drooping; drooping mouth; "
            "droopy mouth; crooked mouth; crooked_smile; lopsided smile; droopy face; "
            "sagging face; 嘴角下垂; 嘴斜; 臉歪"),
        Row("facial_weakness", "Weak face", "臉部無力", "S0 S3 S4",
            "Part of the face is hard to move.",
            "face weakness; facial paralysis; 臉麻痺; face paralysis; paralyzed face; "
            "paralysed face; half-paralyzed face; cannot raise eyebrow; 顏面神經麻痺; 面癱"),
        Row("facial_asymmetry", "Uneven face", "臉部不對稱", "project",
            "The two sides of the face look different.",
            "asymmetry; uneven smile; uneven mouth; lopsided face; crooked face; 臉不對稱"),
        Row("one_sided_weakness", "Weakness on one side", "單側無力", "S0 S4",
            "One side of the face or body is weak or cannot move.",
            "one_sided_weakness_or_paralysis; weakness on one side of the body; 半身無力; "
            "one-sided paralysis; hemiparesis; hemiplegia; 偏癱; 半邊無力; 半身不遂"),
        Row("limb_weakness", "Weak arm or leg", "手腳無力", "project",
            "An arm or a leg is weak.",
            "arm weakness; leg weakness; weak arm; weak leg; weak hand; hand weakness; "
            "weak grip; grip weakness; foot drop; dropping things; 手無力; 腳無力"),
        Row("weakness", "Weakness", "無力", "S0 S1 S3",
            "Less strength, place unsaid or general.",
            "muscle weakness; 肌肉無力; general weakness; weak muscles; loss of strength; "
            "全身無力"),
        Row("muscle_wasting", "Muscle getting thinner", "肌肉萎縮", "project",
            "A muscle has become smaller.",
            "wasting; atrophy; muscle loss; thin muscles; muscle atrophy"),
        Row("coordination_change", "Clumsiness", "協調變差", "S1",
            "Movements have become clumsy.",
            "coordination; clumsy; poor coordination; loss of coordination; fumbling; 手腳不靈活"),
        Row("balance_loss", "Loss of balance", "失去平衡", "project",
            "Unsteady or falling to one side.",
            "unsteady; imbalance; falls; falling; unsteadiness; unsteady walking; poor balance; "
            "ataxia; 走路不穩; 平衡感差"),
        Row("slowness", "Slow movements", "動作變慢", "S2",
            "Movements take longer than they used to.",
            "bradykinesia; slow movement; slow; slowed movement; moving slowly"),
        Row("stiffness", "Stiff muscles", "肌肉僵硬", "S4",
            "Muscles feel stiff or resist being moved.",
            "rigidity; muscle rigidity; 僵硬; muscle stiffness; stiff arm; stiff leg; "
            "stiff body; spasticity; stiff muscle"),
        Row("movement_difficulties", "Trouble moving", "行動困難", "S4",
            "Walking or other movement is difficult.",
            "gait problems; walking difficulty; trouble walking; gait problem; shuffling; "
            "shuffling walk; limping; 走路困難"),
        Row("small_handwriting", "Smaller handwriting", "字越寫越小", "project",
            "Handwriting has become smaller or cramped.", "micrographia"),
        Row("reduced_expression", "Less facial expression", "面無表情", "project",
            "The face moves less than it used to when feelings show.",
            "masked face; mask-like face; facial masking; hypomimia; 面具臉"),
        Row("loss_of_bladder_control", "Loss of bladder or bowel control", "大小便失禁", "project",
            "Urine or stool passed without wanting to.", "incontinence; wet oneself; 尿失禁"),
    ),
    SymptomFamily.SENSORY: (
        Row("one_sided_numbness", "Numbness on one side", "單側麻木", "S4",
            "One side of the face or body has lost feeling.",
            "numbness on one side of the body; 半身麻木; half-body numbness; hemibody numbness; "
            "半邊麻木"),
        Row("limb_numbness", "Numb arm, leg or hand", "手腳麻木", "S4",
            "An arm, leg, hand or foot has lost feeling.",
            "hand_numbness; foot_numbness; arm numbness; leg numbness; numb hand; numb hands; "
            "numb fingers; finger numbness; numb arm; numb leg; numb foot; numb feet; "
            "toe numbness; 手麻; 腳麻"),
        Row("face_numbness", "Numb face", "臉部麻木", "S3",
            "Part of the face has lost feeling.",
            "facial_numbness; numb cheek; cheek numbness; numb chin; chin numbness; "
            "jaw numbness; numb tongue; tongue numbness; mouth numbness; 臉麻"),
        Row("numbness_at_site", "Numb where it twitches", "抽動處麻木", "S0 S1",
            "The twitching place has lost feeling.",
            "numbness; numb; lip_numbness; 麻木; numb lip; numb lips; eyelid numbness; "
            "loss of feeling; reduced feeling"),
        Row("sensation_change", "Feels different", "感覺異常", "S1 S3",
            "Touch feels different, without loss of feeling.",
            "changes in sensation; abnormal sensation; altered sensation; crawling feeling; "
            "crawling sensation; formication; cold sensation; 蟻走感"),
        Row("face_tingling", "Tingling in the face", "臉部刺麻", "project",
            "Pins and needles in the face.",
            "facial tingling; tingling face; prickling face; cheek tingling; 臉刺麻"),
        Row("lip_tingling", "Tingling around the mouth", "嘴周刺麻", "project",
            "Pins and needles in the lips or around the mouth.",
            "perioral tingling; tingling lips; tingling mouth; mouth tingling; tongue tingling; "
            "tingling tongue; 嘴麻; 嘴唇麻"),
        Row("hand_tingling", "Tingling in hands or feet", "手腳刺麻", "S4",
            "Pins and needles in hands, fingers or feet.",
            "foot_tingling; finger tingling; limb tingling; tingling hands; tingling hand; "
            "tingling fingers; fingertip tingling; tingling feet; tingling foot; tingling toes; "
            "arm tingling; leg tingling; 手指刺麻"),
        Row("scalp_tingling", "Tingling scalp", "頭皮刺麻", "project",
            "Pins and needles in the scalp."),
        Row("touch_sensitivity", "Touch hurts", "觸碰會痛", "project",
            "A light touch of the skin is painful or unpleasant.",
            "tender skin; tenderness; allodynia; skin sensitivity; hypersensitivity"),
        Row("tingling", "Tingling", "刺麻感", "S4",
            "Pins and needles, place unsaid.",
            "pins_and_needles; paresthesia; 針刺感; paraesthesia; prickling; prickle; 刺刺麻麻"),
        Row("burning", "Burning feeling", "灼熱感", "S4",
            "The skin feels as if it burned.",
            "burning sensation; burning mouth; burning tongue; burning skin"),
        Row("eyelid_odd_sensation", "Odd feeling in the eyelid", "眼皮異樣感", "project",
            "The lid feels odd in a way hard to name."),
    ),
    SymptomFamily.SPEECH: (
        Row("speech_difficulty", "Trouble speaking", "說話困難", "S0 S4",
            "Finding or saying words is hard.",
            "difficulty speaking; speech problem; aphasia; word finding difficulty; "
            "cannot speak; trouble finding words; stutter; stuttering; 講不出話"),
        Row("slurred_speech", "Slurred speech", "口齒不清", "project",
            "Words come out unclear.",
            "dysarthria; slurring; slurred; garbled speech; mumbling; unclear speech; "
            "講話不清楚; 大舌頭"),
        Row("comprehension_difficulty", "Trouble understanding", "理解困難", "S4",
            "What others say is hard to understand.",
            "comprehension_problem; difficulty understanding; cannot understand; "
            "trouble understanding speech"),
        Row("confusion", "Confusion", "意識混亂", "project",
            "Not knowing the place, the time or people.",
            "confused; disorientation; disoriented; muddled; delirium; 神智不清"),
    ),
    SymptomFamily.VISION: (
        Row("vision_loss", "Loss of sight", "視力喪失", "project",
            "One or both eyes cannot see, wholly or in part.",
            "blindness; loss of vision; lost vision; sight loss; blind spot; tunnel vision; "
            "half of vision missing; 看不見"),
        Row("double_vision", "Double vision", "複視", "project",
            "One thing looks like two.", "diplopia; seeing double; 看到兩個影像; 疊影"),
        Row("blurred_vision", "Blurred sight", "視力模糊", "project",
            "Things look out of focus.",
            "blurry vision; blurring; blurry; fuzzy vision; hazy vision; cloudy vision; "
            "視線模糊; 看東西模糊"),
        Row("visual_disturbance", "Change of sight", "視覺變化", "S4",
            "Any other change of sight, such as flashes.",
            "vision_change; vision changes; flashes; flashing lights; floaters; zigzag lines; "
            "visual aura; 閃光; 飛蚊症"),
        Row("nystagmus", "Eyes jerk by themselves", "眼球震顫", "project",
            "The eyeballs move to and fro by themselves.",
            "jumping eyes; dancing eyes; shaky vision; eyeball twitching; oscillopsia; 眼球抖動"),
        Row("eyes_roll_up", "Eyes pulled upward", "眼球上吊", "project",
            "The eyes turn up, or to a side, and are hard to bring back.",
            "oculogyric crisis; upward eye deviation; eyes rolled up; eyes rolling up; "
            "eyes_rolled_back; upward gaze; eyes stuck; 翻白眼"),
        Row("unequal_pupils", "Unequal pupils", "瞳孔大小不同", "project",
            "One pupil is larger than the other.",
            "anisocoria; large pupil; small pupil; dilated pupil; 瞳孔不等大"),
    ),
    SymptomFamily.CONSCIOUSNESS: (
        Row("seizure", "Seizure", "癲癇發作", "S4",
            "A fit with stiffening or jerking.",
            "seizures; convulsion; fit; 抽筋發作; epileptic seizure; epileptic fit; convulsions; "
            "focal seizure; grand mal; 羊癲瘋; 全身抽搐"),
        Row("loss_of_consciousness", "Passed out", "失去意識", "S4",
            "Not awake or not responding for a time.",
            "fainting; unconscious; blackout; 昏倒; passing out; fainted; faint; syncope; "
            "collapse; collapsed; unresponsive; blacked out; 暈倒; 昏迷"),
        Row("awareness_lapse", "Gap in awareness", "短暫失神", "project",
            "Staring or missing moments while awake.",
            "absence; staring spell; staring; blank spell; blanking out; zoning out; "
            "spacing out; absences; 恍神; 失神"),
        Row("tongue_biting", "Bitten tongue", "咬到舌頭", "project",
            "The tongue or cheek was bitten during an attack or in sleep.",
            "bit tongue; tongue bite; bitten cheek"),
        Row("warning_feeling", "Feeling before an attack", "發作前的預兆", "project",
            "A smell, rising feeling or sense of having been here before an attack.",
            "aura; deja vu; rising feeling; strange smell"),
        Row("memory_loss", "Memory trouble", "記憶力變差", "project",
            "Things are forgotten that used to be remembered.",
            "forgetfulness; forgetful; amnesia; memory problem; 健忘"),
        Row("poor_concentration", "Hard to concentrate", "注意力不集中", "project",
            "Thinking feels slow or foggy.", "brain fog; trouble concentrating; foggy head; 腦霧"),
        Row("sleepiness", "Sleepiness", "嗜睡", "project",
            "Sleepy by day, or falling asleep unwillingly.",
            "sleepy; drowsy; drowsiness; daytime sleepiness; 想睡"),
        Row("foaming_at_mouth", "Foam at the mouth", "口吐白沫", "project",
            "Foam came out of the mouth."),
    ),
    SymptomFamily.HEAD: (
        Row("severe_headache", "Severe headache", "劇烈頭痛", "S0 S4",
            "A headache worse than the person knows.",
            "severe headaches; thunderclap headache; worst headache; worst headache of life; "
            "sudden headache; 頭痛欲裂"),
        Row("headache", "Headache", "頭痛", "S3",
            "Headache, once or often.",
            "frequent_headache; frequent headaches; migraine; headaches; tension headache; "
            "head pressure; 頭脹痛"),
        Row("temple_pain", "Pain at the temple", "太陽穴痛", "project",
            "The temple hurts, by itself or when touched.",
            "temple headache; temporal headache; sore temple; tender temple"),
        Row("scalp_tenderness", "Tender scalp", "頭皮壓痛", "project",
            "The scalp hurts when touched or combed.",
            "sore scalp; scalp pain; scalp tender; tender head; 頭皮痛"),
        Row("neck_stiffness", "Stiff neck", "脖子僵硬", "project",
            "The neck is stiff.", "stiff neck pain; stiffness of the neck; 頸部僵硬; 落枕"),
        Row("neck_pain", "Neck pain", "脖子痛", "project",
            "The neck hurts.", "sore neck; neck ache; 頸部疼痛; 肩頸痠痛"),
        Row("dizziness", "Dizziness", "頭暈", "S4",
            "Feeling dizzy or that the room turns.",
            "dizzy; vertigo; lightheaded; light-headed; lightheadedness; light-headedness; "
            "feeling faint; room spinning; giddy; 眩暈; 頭昏"),
        Row("other_head_symptoms", "Other head symptom", "其他頭部症狀", "project",
            "Something else about the head."),
    ),
    SymptomFamily.BREATHING: (
        Row("breathing_difficulty", "Trouble breathing", "呼吸困難", "project",
            "Breathing is hard.",
            "shortness_of_breath; breathless; dyspnea; difficulty breathing; cannot breathe; "
            "short of breath; breathlessness; dyspnoea; wheezing; stridor; 喘不過氣; 呼吸急促"),
        Row("hyperventilation", "Breathing too fast", "換氣過度", "project",
            "Breathing faster or deeper than needed, mostly with worry.",
            "overbreathing; fast breathing; rapid breathing; 過度換氣"),
        Row("throat_spasm", "Throat spasm", "喉嚨痙攣", "project",
            "The throat closes or cramps.",
            "laryngospasm; throat closing; throat closing up; throat cramp"),
        Row("throat_tightness", "Tight throat", "喉嚨緊", "project",
            "The throat feels narrow or tight.",
            "throat tight; tightness in the throat; throat narrowing; 喉嚨緊縮"),
        Row("throat_swelling", "Swollen throat", "喉嚨腫", "project",
            "The throat is swollen inside.",
            "swelling of the throat; swollen uvula; throat swollen"),
        Row("tongue_swelling", "Swollen tongue", "舌頭腫", "project",
            "The tongue is swollen or feels too big.",
            "swelling of the tongue; tongue swollen; thick tongue; 舌腫"),
    ),
}
# fmt: on
