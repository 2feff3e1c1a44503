"""The words in American English of the rules that count and compare episodes and days."""

COUNTED: dict[str, tuple[str, str]] = {
    "N7": (
        "It comes clearly more often",
        "In the last 28 days you logged {recent_episodes} episodes on {recent_days} recorded days: "
        "{recent_rate:.1f} a day. In the {reference_calendar_days} days before, it was "
        "{reference_rate:.1f} a day. That is {ratio:.1f} times as many (95 % interval "
        "{ratio_low:.1f} to {ratio_high:.1f}). A diary goes up and down by itself; a rise this "
        "large would come by chance in fewer than 1 of {one_in} weekly checks. An appointment with "
        "{whom} makes sense.",
    ),
    "N8": (
        "It is clearly stronger than before",
        "The weekly strength in the last 4 weeks is {recent_median:.1f} of 10; in the weeks "
        "before, it was {reference_median:.1f}. A change this large would come by chance in fewer "
        "than 1 of {one_in} weekly checks. Please tell {whom} about it.",
    ),
    "N8.duration": (
        "It lasts clearly longer than before",
        "In the last 4 weeks an episode lasts {recent_median:.0f} seconds; in the weeks before, it "
        "was {reference_median:.0f} seconds. A change this large would come by chance in fewer "
        "than 1 of {one_in} weekly checks. Please tell {whom} about it.",
    ),
    "N9.told": (
        "A tremor at rest",
        "You described a tremor at rest. An appointment with {whom} makes sense.",
    ),
    "N10": (
        "What you tried has not changed it much",
        "You kept something up against it for {days} days. In the time before, you logged "
        "{before_rate:.1f} episodes a day ({before_days} recorded days); since its start, "
        "{during_rate:.1f} a day ({during_days} recorded days). An appointment with {whom} makes "
        "sense.",
    ),
    "N10.told": (
        "What you tried has not changed it much",
        "The twitching has gone on for {days} days, since {since}, and you said that something you "
        "tried did not help. An appointment with {whom} makes sense.",
    ),
    "N15": (
        "It keeps coming back",
        "{bouts} separate bouts are logged in the last {window_days} days, with quiet check-ins "
        "between them. An appointment with {whom} makes sense.",
    ),
    "N15.moved": (
        "It is back in another place",
        "After a long quiet time the twitching is back, in a place not logged before (episodes "
        "there: {episodes}). An appointment with {whom} makes sense.",
    ),
    "N16": (
        "It comes very often",
        "You logged {episodes_a_day} or more episodes a day on {days} of the last {window_days} "
        "days. An appointment with {whom} makes sense.",
    ),
    "W2": (
        "It may be coming more often",
        "In the last 28 days you logged {recent_episodes} episodes on {recent_days} recorded days: "
        "{recent_rate:.1f} a day. In the {reference_calendar_days} days before, it was "
        "{reference_rate:.1f} a day. That is {ratio:.1f} times as many (95 % interval "
        "{ratio_low:.1f} to {ratio_high:.1f}). By chance this would come in fewer than 1 of "
        "{one_in} weekly checks; it may also be nothing. Keep logging.",
    ),
    "W5": (
        "Caffeine, sleep, alcohol or stress stand out",
        "In the last {window_days} days you logged: more than 400 mg of caffeine on "
        "{caffeine_days} days, less than 7 hours of sleep on {sleep_days}, alcohol on "
        "{alcohol_days}, stress of {stressed} or more on {stress_days}. That need not be the "
        "reason, but a calmer week is worth a try; keep logging.",
    ),
    "X2": (
        "The rise is over",
        "In two weekly checks in a row it came about as often as before the rise: "
        "{recent_rate:.1f} episodes a day now, {reference_rate:.1f} then. The alert about it is "
        "closed.",
    ),
}
