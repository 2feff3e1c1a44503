"""Sentences of the insights in American English: day counts with every figure, never a cause."""

from types import MappingProxyType

ENGLISH = MappingProxyType(
    {
        "counts": "In the {window_days} days up to {recent_last} you logged {recent_episodes} "
        "episodes; {recent_days} of these days are recorded.",
        "rates": "In the {reference_calendar_days} days before, the average was {reference_rate} a "
        "day, now it is {recent_rate} ({ratio} times, 95 % interval {ratio_low} to {ratio_high}).",
        "signal": "Your diary goes up and down by itself; a rise this large would be expected by "
        "chance in fewer than 1 of {one_in} weekly checks.",
        "watch": "Your diary goes up and down by itself; a rise like this would be expected by "
        "chance in fewer than 1 of {one_in} weekly checks. It is worth watching.",
        "no_clear_change": "No clear change: the difference is within what your diary does "
        "by itself.",
        "not_enough_days": "Not enough check-ins to judge.",
        "not_enough_episodes": "Too few episodes to judge a trend.",
        "recent_days": "{recent_days} of the last {window_days} days are recorded; {needed} are "
        "needed.",
        "reference_days": "{reference_days} of the days before are recorded; {needed} are needed.",
        "recent_episodes": "{recent_episodes} episodes in the last {window_days} days; {needed} "
        "are needed.",
        "reference_episodes": "{reference_episodes} episodes in the days before; {needed} are "
        "needed.",
        "strength": "Strength: the weekly middle value was {reference_median} of 10 in the weeks "
        "before and {recent_median} in the last 4 weeks ({reference_weeks} and {recent_weeks} "
        "weeks with at least 3 rated episodes).",
        "duration": "Duration: the weekly middle value was {reference_median} seconds in the weeks "
        "before and {recent_median} in the last 4 weeks ({reference_weeks} and {recent_weeks} "
        "weeks with at least 3 timed episodes).",
        "severity_signal": "A rise this large would be expected by chance in fewer than 1 of "
        "{one_in} weekly checks.",
        "severity_no_clear_change": "No clear change.",
        "severity_not_enough_strength": "Not enough rated episodes to judge strength: "
        "{recent_weeks} of the last 4 weeks and {reference_weeks} weeks before have at least 3; 4 "
        "and {needed} are needed.",
        "severity_not_enough_duration": "Not enough timed episodes to judge duration: "
        "{recent_weeks} of the last 4 weeks and {reference_weeks} weeks before have at least 3; 4 "
        "and {needed} are needed.",
        "collecting": "Still collecting: about {days} more recorded days are needed.",
        "waiting": "Enough days are recorded; the first look is made on {next_look_on}.",
        "same_day": "On days with {factor}",
        "day_before": "On the day after {factor}",
        "above_own_median": "{factor} (above your own middle value of {threshold}{unit})",
        "above_limit": "{factor} (above {threshold}{unit})",
        "below_limit": "{factor} (below {threshold}{unit})",
        "own_lower_third": "{factor} (at most {threshold}{unit}, your own lower third)",
        "at_least": "{factor} (at least {threshold})",
        "linked": "{on} you logged about {shown} times as many episodes (95 % interval {low} to "
        "{high}; {exposed_days} days with, {unexposed_days} without). This is a pattern in your "
        "diary, not proof of a cause.",
        "possible": "Possible link.",
        "fairly_consistent": "Fairly consistent link.",
        "not_separable": "It cannot be separated from {others}: they fall on the same days.",
        "no_clear_link": "{on}: no clear link so far (95 % interval {low} to {high} times; "
        "{exposed_days} days with, {unexposed_days} without).",
        "probably_not_large": "{on}: probably not a large factor (95 % interval {low} to {high} "
        "times; {exposed_days} days with, {unexposed_days} without).",
        "counts_only": "{on} you logged {exposed_episodes} episodes in {exposed_days} days, on "
        "other days {unexposed_episodes} in {unexposed_days}. It is too early to say more.",
        "too_few_days": "{on}: too few days to compare ({exposed_days} days with, "
        "{unexposed_days} without, {twitch_days} with twitching).",
        "collecting_factor": "{on}: still collecting ({exposed_days} days with, {unexposed_days} "
        "without).",
        "experiment": "{remedy}: {before_episodes} episodes in the {before_days} recorded days "
        "before, {during_episodes} in the {during_days} recorded days with it ({ratio} times as "
        "many a day, 95 % interval {ratio_low} to {ratio_high}). Days before and after also differ "
        "in other ways, and bad spells tend to ease on their own.",
        "experiment_too_few": "{remedy}: too few days to compare ({before_days} recorded days "
        "before and {during_days} with it; {needed} of each are needed).",
        "experiment_none": "{remedy}: no episodes in the {before_days} recorded days before, so "
        "there is nothing to compare with.",
        "no_upper": "no upper end",
        "and": ", ",
        "caffeine_increase": "clearly more caffeine than usual",
        "new_medicine": "a medicine that is new",
        "steroid_course": "a steroid course",
        "recent_infection": "an infection in the week before",
    }
)

CAVEATS = (
    "These are patterns that go together. They do not say what leads to what.",
    "Factors travel together: little sleep, stress and caffeine often share a day.",
    "It can be the other way around: tiredness or worry may come from the twitching.",
    "Check-ins skipped on busy days bend the result, and so does memory.",
    "A drop, for example of caffeine, can matter as much as a rise.",
    "After a bad spell things tend to get better on their own, with or without a change.",
    "When many factors are compared, some stand out by chance; this is allowed for, not removed.",
    "To find out more you may compare two weeks with and two weeks without one habit. This is your "
    "choice, and never for prescribed medicines: leave those as they are.",
)
