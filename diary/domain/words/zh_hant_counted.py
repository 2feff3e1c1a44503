# ruff: noqa: RUF001 - full-width punctuation is how Chinese is written
"""The words in Traditional Chinese of the rules that count and compare episodes and days."""

COUNTED: dict[str, tuple[str, str]] = {
    "N7": (
        "明顯比以前頻繁",
        "最近 28 天您在 {recent_days} 個有紀錄的日子記錄了 {recent_episodes} 次："
        "每天 {recent_rate:.1f} 次。之前的 {reference_calendar_days} 天為每天 "
        "{reference_rate:.1f} 次，現在是 {ratio:.1f} 倍"
        "（95 % 區間 {ratio_low:.1f} 至 {ratio_high:.1f}）。"
        "日記本來就有起伏；這麼大的上升，每 {one_in} 次每週檢查中偶然出現不到 1 次。"
        "建議預約{whom}。",
    ),
    "N8": (
        "明顯比以前強",
        "最近 4 週的每週強度為 {recent_median:.1f}（滿分 10），之前為 {reference_median:.1f}。"
        "這麼大的變化，每 {one_in} 次每週檢查中偶然出現不到 1 次。請告訴{whom}。",
    ),
    "N8.duration": (
        "明顯比以前久",
        "最近 4 週每次持續 {recent_median:.0f} 秒，之前為 {reference_median:.0f} 秒。"
        "這麼大的變化，每 {one_in} 次每週檢查中偶然出現不到 1 次。請告訴{whom}。",
    ),
    "N9.told": (
        "休息時的震顫",
        "您描述了休息時的震顫。建議預約{whom}。",
    ),
    "N10": (
        "您嘗試的方法沒有帶來太大改變",
        "您持續了 {days} 天。之前每天記錄 {before_rate:.1f} 次（{before_days} 個有紀錄的日子）；"
        "開始之後每天 {during_rate:.1f} 次（{during_days} 個有紀錄的日子）。建議預約{whom}。",
    ),
    "N10.told": (
        "您嘗試的方法沒有帶來太大改變",
        "抽動已持續 {days} 天，自 {since} 起，您說試過的方法沒有幫助。建議預約{whom}。",
    ),
    "N15": (
        "反覆出現",
        "最近 {window_days} 天記錄了 {bouts} 次分開的發作期，其間有安靜的簽到。建議預約{whom}。",
    ),
    "N15.moved": (
        "在另一個部位再次出現",
        "安靜很久之後抽動再次出現，位於先前未記錄的部位（該處次數：{episodes}）。建議預約{whom}。",
    ),
    "N16": (
        "非常頻繁",
        "最近 {window_days} 天中有 {days} 天，您每天記錄了 {episodes_a_day} 次以上。"
        "建議預約{whom}。",
    ),
    "W2": (
        "可能變得較頻繁",
        "最近 28 天您在 {recent_days} 個有紀錄的日子記錄了 {recent_episodes} 次："
        "每天 {recent_rate:.1f} 次。之前的 {reference_calendar_days} 天為每天 "
        "{reference_rate:.1f} 次，現在是 {ratio:.1f} 倍"
        "（95 % 區間 {ratio_low:.1f} 至 {ratio_high:.1f}）。"
        "每 {one_in} 次每週檢查中偶然出現不到 1 次，也可能沒有意義。請繼續記錄。",
    ),
    "W5": (
        "咖啡因、睡眠、飲酒或壓力較突出",
        "最近 {window_days} 天您記錄了：咖啡因超過 400 毫克 {caffeine_days} 天、"
        "睡眠少於 7 小時 {sleep_days} 天、飲酒 {alcohol_days} 天、"
        "壓力 {stressed} 分以上 {stress_days} 天。這不一定是原因，但可以試著過平靜一點的一週，"
        "並繼續記錄。",
    ),
    "X2": (
        "上升已經過去",
        "連續兩次每週檢查，出現的次數與上升之前差不多：現在每天 {recent_rate:.1f} 次，"
        "當時每天 {reference_rate:.1f} 次。相關的提醒已關閉。",
    ),
}
