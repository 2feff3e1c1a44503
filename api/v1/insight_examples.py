"""One realistic exchange for each operation of the insights. Data only."""

from collections.abc import Mapping

from api.v1.examples import TRIAL_ID, Exchange, Json

LOOKED: Json = {
    "state": "ready",
    "looked_at": "2026-11-18T03:12:00+00:00",
    "today": "2026-11-18",
    "days_needed": 0,
    "next_look_on": "2026-11-25",
    "sentence": None,
}
FREQUENCY: Json = {
    "verdict": "signal",
    "sentence": (
        "In the 28 days up to 2026-11-18 you logged 62 episodes; 28 of these days are recorded. In"
        " the 112 days before, the average was 1.3 a day, now it is 2.2 (1.8 times, 95 % interval"
        " 1.3 to 2.4). Your diary goes up and down by itself; a rise this large would be expected"
        " by chance in fewer than 1 of 500 weekly checks."
    ),
    "unmet": [],
    "numbers": {
        "p": 0.00023919177946373936,
        "ratio": 1.7604745078243311,
        "recent_days": 28,
        "recent_episodes": 62,
        "reference_days": 112,
        "reference_episodes": 141,
        "dispersion": 1.0,
    },
}
DURATION: Json = {
    "measure": "duration",
    "verdict": "not_enough",
    "sentence": (
        "Not enough timed episodes to judge duration: 0 of the last 4 weeks and 0 weeks before have"
        " at least 3; 4 and 10 are needed."
    ),
    "numbers": {"p": None, "ratio": None, "unmet": ["recent_weeks", "reference_weeks"]},
}
STRESS: Json = {
    "key": "stress",
    "label": "stress",
    "family": "same_day",
    "tier": "fairly_consistent",
    "sentence": (
        "Fairly consistent link. On days with stress (at least 7) you logged about 1.6 times as"
        " many episodes (95 % interval 1.3 to 2.2; 62 days with, 78 without). This is a pattern in"
        " your diary, not proof of a cause."
    ),
    "exposed_days": 62,
    "unexposed_days": 78,
    "exposed_episodes": 117,
    "unexposed_episodes": 86,
    "exposed_rate": 1.8870967741935485,
    "unexposed_rate": 1.1025641025641026,
    "ratio": 1.699065420560748,
    "low": 1.283239472265864,
    "high": 2.249637238985409,
    "shown_ratio": 1.6332342020187953,
    "confounded_with": [],
    "numbers": {"p": 0.000213, "threshold": 7.0, "dispersion": 1.2, "twitch_days": 96},
}
CAVEATS = [
    "These are patterns that go together. They do not say what leads to what.",
    "After a bad spell things tend to get better on their own, with or without a change.",
]

INSIGHT_EXCHANGES: Mapping[str, Exchange] = {
    "insights_trends": Exchange(
        answers={200: LOOKED | {"frequency": FREQUENCY, "severity": [DURATION]}}
    ),
    "insights_triggers": Exchange(
        answers={
            200: LOOKED
            | {
                "observed_days": 140,
                "items": [STRESS],
                "families": [{"family": "same_day", "linked": 1, "tested": 1}],
                "caveats": CAVEATS,
            }
        }
    ),
    "insights_days": Exchange(
        answers={
            200: {
                "items": [
                    {
                        "local_date": "2026-11-20",
                        "state": "twitch",
                        "episodes": 2,
                        "checked_in": True,
                        "strongest": 4,
                        "minutes": 0.7,
                        "sites": {"upper_lip:left": 2},
                        "exposures": {"caffeine": 180, "stress": 7},
                    },
                    {
                        "local_date": "2026-11-21",
                        "state": "no_record",
                        "episodes": 0,
                        "checked_in": False,
                        "strongest": None,
                        "minutes": None,
                        "sites": {},
                        "exposures": {},
                    },
                ]
            }
        }
    ),
    "insights_experiments": Exchange(
        answers={
            200: {
                "items": [
                    {
                        "trial": TRIAL_ID,
                        "outcome": "compared",
                        "sentence": (
                            "Rest: 45 episodes in the 28 recorded days before, 42 in the 21"
                            " recorded days with it (1.2 times as many a day, 95 % interval 0.8 to"
                            " 1.9). Days before and after also differ in other ways, and bad spells"
                            " tend to ease on their own."
                        ),
                        "numbers": {
                            "before_days": 28,
                            "before_episodes": 45,
                            "during_days": 21,
                            "during_episodes": 42,
                            "ratio": 1.2444444444444445,
                        },
                    }
                ],
                "caveats": CAVEATS,
            }
        }
    ),
}
