# ruff: noqa: RUF001 - full-width punctuation is how Chinese is written
"""The words in Traditional Chinese as written in Taiwan."""

from types import MappingProxyType

from diary.domain.words.phrases import Phrases
from diary.domain.words.zh_hant_counted import COUNTED
from diary.domain.words.zh_hant_pressing import PRESSING

_RULES = {
    **PRESSING,
    **COUNTED,
    "N1": (
        "已持續一段時間：該看{whom}了",
        "抽動已持續 {days} 天，自 {since} 起（記錄 {logged_days} 天）。"
        "超過 {threshold_days} 天，建議預約{whom}。",
    ),
    "N1.long": (
        "已持續三個月：該看{whom}了",
        "抽動已持續 {days} 天，自 {since} 起（記錄 {logged_days} 天）。建議預約{whom}。",
    ),
    "N1.older": (
        "已持續一段時間：該看{whom}了",
        "抽動已持續 {days} 天以上（其間記錄 {logged_days} 天）。建議預約{whom}。",
    ),
    "N2": (
        "眼皮已跳動數週：該看{whom}了",
        "眼皮已跳動 {days} 天，自 {since} 起（記錄 {logged_days} 天）。"
        "超過 {threshold_days} 天，建議預約{whom}。",
    ),
    "N2.long": (
        "眼皮已跳動三個月：該看{whom}了",
        "眼皮已跳動 {days} 天，自 {since} 起（記錄 {logged_days} 天）。建議預約{whom}。",
    ),
    "N2.older": (
        "眼皮已跳動數月：該看{whom}了",
        "眼皮已跳動 {days} 天以上（其間記錄 {logged_days} 天）。建議預約{whom}。",
    ),
    "N3": (
        "出現在不只一處",
        "紀錄顯示抽動出現在新的部位或多個區域（{regions}；新發作：{episodes}）。建議預約{whom}。",
    ),
    "N3.returned": (
        "在臉的另一處再次出現",
        "先前紀錄臉的一處有抽動，停了一段時間後出現在另一處（該處次數：{episodes}）。建議預約{whom}。",
    ),
    "N4": (
        "固定在同一側並持續",
        "抽動固定在同一側，且加劇、擴及第二個區域或在睡眠中出現（該側記錄：{episodes} 次）。"
        "建議預約{whom}。",
    ),
    "N5": (
        "抽動使眼睛閉上",
        "您記錄抽動會使眼睛閉上（次數：{episodes}）。建議預約{whom}。眼睛會自行閉上時請勿開車。",
    ),
    "N6": ("該處感覺不同", "您記錄抽動處麻木或感覺改變（次數：{reports}）。建議預約{whom}。"),
    "N6b": (
        "伴有疼痛或聽力變化",
        "您記錄臉、牙齒或耳朵疼痛，或聽力變化（次數：{reports}）。建議預約{whom}。",
    ),
    "N9": (
        "休息時的震顫",
        "您記錄了休息時的震顫（{days} 天共 {episodes} 次）。建議預約{whom}。",
    ),
    "N11": (
        "影響日常生活",
        "您記錄抽動妨礙日常生活（最近 {window_days} 天中的天數：{days}）。建議預約{whom}。",
    ),
    "N12": (
        "您的病史縮短等待時間",
        "紀錄中有神經或頭部的病史或手術，且抽動已持續 {days} 天，自 {since} 起。"
        "現在就建議預約{whom}。",
    ),
    "N12.older": (
        "您的病史縮短等待時間",
        "紀錄中有神經或頭部的病史或手術，且抽動已持續 {days} 天以上。現在就建議預約{whom}。",
    ),
    "N12.undated": (
        "您的病史縮短等待時間",
        "紀錄中有神經或頭部的病史或手術，且目前有抽動。現在就建議預約{whom}。",
    ),
    "N13": (
        "抽動伴有無力",
        "您記錄身體或舌頭抽動，並有無力、肌肉變瘦或僵硬（次數：{reports}）。建議預約{whom}。",
    ),
    "N14": ("服藥期間的嘴部動作", "紀錄顯示您服用可能引起嘴、下巴或臉部動作的藥物。請詢問{whom}。"),
    "N17": (
        "紀錄中有其他神經徵兆",
        "您記錄了無力、麻木、刺麻或其他神經徵兆（次數：{reports}）。建議預約{whom}。"
        "若變得更嚴重，請當天就醫。",
    ),
    "N17.injected": (
        "注射後眼皮下垂",
        "您記錄了眼皮下垂，且紀錄中有放鬆肌肉的注射（次數：{reports}）。請聯絡為您注射的人。"
        "若出現複視，或吞嚥、說話、呼吸變得困難，請當天就醫。",
    ),
    "N17.treated": (
        "治療處無力或麻木",
        "您記錄臉部某處無力或麻木，且紀錄中該處做過注射或手術（次數：{reports}）。請聯絡為您治療的人。"
        "若眼睛閉不起來，手腳、說話或視力受影響，或變得更嚴重，請當天就醫。",
    ),
    "N18": (
        "請{whom}看看",
        "您記錄了頭暈、高血壓或其他全身徵兆（次數：{reports}）。建議預約{whom}。",
    ),
    "N19": (
        "請{whom}看看",
        "您記錄眼睛發紅、疼痛或模糊（次數：{reports}）。建議預約{whom}；若疼痛加劇或視力下降請當天就醫。",
    ),
    "N20": (
        "嘴部與手腳刺麻：請詢問抽血檢查",
        "您記錄嘴周及手腳刺麻（次數：{reports}）。建議預約{whom}，並可詢問血鈣檢查。"
        "若突然出現在單側，或伴有抽筋或心悸，請當天就醫；"
        "若臉或手臂無力或說話困難，請撥打緊急電話。",
    ),
    "N21": (
        "震顫：請就醫檢查",
        "您描述了震顫（另外記錄的發抖：{reports}）。建議預約{whom}；請帶上藥物清單，可以的話附上影片。",
    ),
    "N22": (
        "請詢問抽血檢查",
        "您記錄了可用抽血檢查了解的徵兆（次數：{reports}）。建議預約{whom}。",
    ),
    "W1": (
        "請持續觀察",
        "抽動已有 {days} 天，自 {since} 起。可嘗試休息、睡眠及減少咖啡因，並繼續記錄。"
        "若持續、擴散或有其他症狀，請就醫。",
    ),
    "W1.older": (
        "請持續觀察",
        "抽動已有 {days} 天以上。可嘗試休息、睡眠及減少咖啡因，並繼續記錄。"
        "若加劇、擴散或有其他症狀，請就醫。",
    ),
    "W1.undated": (
        "請持續觀察",
        "紀錄中有抽動，但未說明開始日期。可嘗試休息、睡眠及減少咖啡因，並繼續記錄。"
        "若持續、擴散或有其他症狀，請就醫。",
    ),
    "W3": ("睡眠中也會出現", "紀錄中有睡眠時的抽動（記錄的夜數：{nights}）。下次看診時請提起。"),
    "W4": (
        "請詢問藥物",
        "紀錄中的藥物可能與抽動有關，或抽動在藥物變更後 {within_days} 天內開始。請詢問{whom}。",
    ),
    "W4.course": (
        "請詢問藥物",
        "抽動在您服用一種可能與抽動有關的藥物期間、或服用後 {within_days} 天內開始。請詢問{whom}。",
    ),
    "W6": (
        "在感染前後開始",
        "抽動在感染前後開始（記錄生病天數：{days}）。{recheck_days} 天後請再看一次。",
    ),
    "W7": (
        "感覺得到但看不見",
        "您記錄抽動感覺得到但看不見（次數：{episodes}）。請持續觀察；若持續或看得見，請就醫。",
    ),
    "W8": (
        "紀錄太少，無法判斷",
        "最近 {window_days} 天中有 {observed_days} 天有紀錄，不足以說明趨勢；每日簽到只需片刻。",
    ),
    "W9": (
        "似乎正在緩和",
        "紀錄顯示抽動好轉或已結束。請再簽到一段時間：只有記錄過的安靜日才算數。",
    ),
    "W10": (
        "牙科注射之後",
        "您在看牙當天記錄了嘴部麻木或無力（徵兆：{reports}）。注射的效果會在數小時內消退："
        "請小心不要咬傷或燙傷嘴唇。若明天仍在，請聯絡{whom}。"
        "若手腳或說話受影響，或眼睛閉不起來，請撥打緊急電話。",
    ),
    "R1": (
        "單次短暫發作",
        "一次短暫發作，最後在 {last_day}，之後 {quiet_days} 次安靜簽到。"
        "除非再次出現，不需再做什麼。",
    ),
    "X1": (
        "一直保持安靜",
        "自 {last_day} 起連續 {quiet_days} 次安靜簽到（需要 {needed_days} 次）。"
        "關於持續時間、次數和強度的提醒已關閉。",
    ),
    "X1.undated": (
        "一直保持安靜",
        "連續 {quiet_days} 次安靜簽到（需要 {needed_days} 次）。"
        "關於持續時間、次數和強度的提醒已關閉。",
    ),
}

TRADITIONAL_CHINESE = Phrases(
    rules=MappingProxyType(_RULES),
    levels=MappingProxyType(
        {
            "emergency": "請立即求助",
            "urgent": "請當天或在所述時數內就醫",
            "see_doctor": "請預約一般門診",
            "watch": "請持續觀察",
            "reassure": "目前不需再做什麼",
        }
    ),
    addressees=MappingProxyType(
        {
            "none": "無",
            "emergency_service": "緊急救護",
            "neurologist": "神經科醫師",
            "own_doctor": "您的家庭醫師或急診門診",
            "eye_doctor": "眼科醫師",
            "prescriber": "開立處方的醫師",
            "dentist": "牙醫師",
        }
    ),
    neurologist_via_own_doctor="可為您轉診神經科的家庭醫師",
    call="請立即撥打緊急電話（{number}），即使症狀已經過去。",
    next_day_check="明天請再看一次：若臉部下垂、眼睛無法完全閉上或耳朵疼痛，請當天就醫。",
    not_watched="沒有人即時閱讀這份日記。",
    not_a_diagnosis="這份日記不是診斷，也不能取代醫師。",
    about_another="這來自您所關注的人的日記，文字是寫給對方的：請問問對方的狀況，並協助對方聯絡上述人員。",
    keep_medicines="在詢問之前，請照常使用處方藥物。",
    source_line="規則 {rule}，第 {version} 版。來源：「{document}」。",
)
