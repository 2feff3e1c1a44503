# ruff: noqa: RUF001 - full-width punctuation is how Chinese is written
"""Sentences of the insights in Traditional Chinese as written in Taiwan."""

from types import MappingProxyType

TRADITIONAL_CHINESE = MappingProxyType(
    {
        "counts": "到 {recent_last} 為止的 {window_days} 天內，您記錄了 {recent_episodes} 次發作；"
        "其中 {recent_days} 天有紀錄。",
        "rates": "在此之前的 {reference_calendar_days} 天，平均每天 {reference_rate} 次，"
        "現在是 {recent_rate} 次（{ratio} 倍，95 % 區間 {ratio_low} 到 {ratio_high}）。",
        "signal": "日記本來就會起伏；這麼大的增加，若只是偶然，"
        "每 {one_in} 次每週檢查中出現不到 1 次。",
        "watch": "日記本來就會起伏；這樣的增加，若只是偶然，"
        "每 {one_in} 次每週檢查中出現不到 1 次。值得繼續觀察。",
        "no_clear_change": "沒有明顯變化：您的日記本來就有這樣的起伏。",
        "not_enough_days": "簽到太少，無法判斷。",
        "not_enough_episodes": "發作次數太少，無法判斷趨勢。",
        "recent_days": "最近 {window_days} 天中有 {recent_days} 天有紀錄；需要 {needed} 天。",
        "reference_days": "之前的日子有 {reference_days} 天有紀錄；需要 {needed} 天。",
        "recent_episodes": "最近 {window_days} 天有 {recent_episodes} 次發作；需要 {needed} 次。",
        "reference_episodes": "之前的日子有 {reference_episodes} 次發作；需要 {needed} 次。",
        "strength": "強度：之前各週的中間值為 {reference_median} 分（滿分 10），"
        "最近 4 週為 {recent_median} 分（分別有 {reference_weeks} 週和 {recent_weeks} 週"
        "至少有 3 次評分的發作）。",
        "duration": "持續時間：之前各週的中間值為 {reference_median} 秒，"
        "最近 4 週為 {recent_median} 秒（分別有 {reference_weeks} 週和 {recent_weeks} 週"
        "至少有 3 次計時的發作）。",
        "severity_signal": "這麼大的增加，若只是偶然，每 {one_in} 次每週檢查中出現不到 1 次。",
        "severity_no_clear_change": "沒有明顯變化。",
        "severity_not_enough_strength": "評分的發作太少，無法判斷強度：最近 4 週中有 "
        "{recent_weeks} 週、之前有 {reference_weeks} 週至少有 3 次；需要 4 週和 {needed} 週。",
        "severity_not_enough_duration": "計時的發作太少，無法判斷持續時間：最近 4 週中有 "
        "{recent_weeks} 週、之前有 {reference_weeks} 週至少有 3 次；需要 4 週和 {needed} 週。",
        "collecting": "仍在收集：大約還需要 {days} 天的紀錄。",
        "waiting": "紀錄天數已足夠；第一次檢視將於 {next_look_on} 進行。",
        "same_day": "在有「{factor}」的日子",
        "day_before": "在「{factor}」的隔天",
        "above_own_median": "{factor}（高於您自己的中間值 {threshold}{unit}）",
        "above_limit": "{factor}（高於 {threshold}{unit}）",
        "below_limit": "{factor}（低於 {threshold}{unit}）",
        "own_lower_third": "{factor}（至多 {threshold}{unit}，您自己較低的三分之一）",
        "at_least": "{factor}（至少 {threshold}）",
        "linked": "{on}，您記錄的發作約為其他日子的 {shown} 倍（95 % 區間 {low} 到 {high}；"
        "有 {exposed_days} 天，沒有 {unexposed_days} 天）。這是您日記中的模式，不能證明因果。",
        "possible": "可能有關聯。",
        "fairly_consistent": "關聯相當一致。",
        "not_separable": "無法與{others}分開：它們落在相同的日子。",
        "no_clear_link": "{on}：目前沒有明顯關聯（95 % 區間 {low} 到 {high} 倍；"
        "有 {exposed_days} 天，沒有 {unexposed_days} 天）。",
        "probably_not_large": "{on}：可能不是重要因素（95 % 區間 {low} 到 {high} 倍；"
        "有 {exposed_days} 天，沒有 {unexposed_days} 天）。",
        "counts_only": "{on}，{exposed_days} 天內記錄了 {exposed_episodes} 次發作，"
        "其他 {unexposed_days} 天記錄了 {unexposed_episodes} 次。現在說更多還太早。",
        "too_few_days": "{on}：天數太少，無法比較（有 {exposed_days} 天，沒有 {unexposed_days} 天，"
        "其中 {twitch_days} 天有抽動）。",
        "collecting_factor": "{on}：仍在收集（有 {exposed_days} 天，沒有 {unexposed_days} 天）。",
        "experiment": "{remedy}：之前有紀錄的 {before_days} 天有 {before_episodes} 次發作，"
        "採用期間有紀錄的 {during_days} 天有 {during_episodes} 次（每天為 {ratio} 倍，"
        "95 % 區間 {ratio_low} 到 {ratio_high}）。前後的日子在其他方面也不同，"
        "不好的時期往往會自行緩和。",
        "experiment_too_few": "{remedy}：天數太少，無法比較（之前有紀錄 {before_days} 天，"
        "採用期間 {during_days} 天；各需要 {needed} 天）。",
        "experiment_none": "{remedy}：之前有紀錄的 {before_days} 天沒有發作，因此無從比較。",
        "no_upper": "無上限",
        "and": "、",
        "caffeine_increase": "咖啡因明顯比平常多",
        "new_medicine": "新開始的藥物",
        "steroid_course": "類固醇療程",
        "recent_infection": "前一週內的感染",
    }
)

CAVEATS = (
    "這些是同時出現的模式，並不說明何者導致何者。",
    "各種因素常一起出現：睡眠不足、壓力和咖啡因往往落在同一天。",
    "方向可能相反：疲倦或擔心也可能來自抽動。",
    "忙碌的日子略過簽到會使結果偏差，記憶也會。",
    "減少（例如咖啡因）可能和增加一樣有影響。",
    "不好的時期之後往往會自行好轉，無論有沒有改變。",
    "比較許多因素時，總有一些偶然突出；這裡已加以考慮，但無法完全排除。",
    "若想知道更多，可以比較某個習慣「有」兩週和「沒有」兩週。這由您自行決定，"
    "絕不用於處方藥：處方藥請維持原樣。",
)
