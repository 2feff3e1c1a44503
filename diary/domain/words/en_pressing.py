"""The words in American English of the emergency and urgent rules."""

PRESSING: dict[str, tuple[str, str]] = {
    "E1": (
        "A warning sign that needs help now",
        "You logged a sudden change in face, arm, leg, speech, feeling, sight, balance or clear "
        "thinking (signs logged: {reports}).",
    ),
    "E2": (
        "A severe headache that needs help now",
        "You logged a severe headache within the last day (signs logged: {reports}).",
    ),
    "E3": (
        "An attack that needs help now",
        "You logged a seizure, foam at the mouth or passing out (signs logged: {reports}).",
    ),
    "E3.jerking": (
        "Jerking that needs help now",
        "You logged new jerking that goes on without a pause, for minutes, or in face and limb of "
        "one side.",
    ),
    "E3.known": (
        "An attack that needs help now",
        "You logged a seizure, foam at the mouth or passing out (signs logged: {reports}). Attacks "
        "are on record for you: follow your own plan if you were given one, and call if it lasts "
        "more than 5 minutes, comes back or is unlike the others.",
    ),
    "E4": (
        "Trouble breathing needs help now",
        "You logged trouble breathing, a throat spasm or a swollen tongue or throat (signs logged: "
        "{reports}).",
    ),
    "U1": (
        "A weak or drooping face: be seen soon",
        "You logged that part of the face or an eyelid is weak or droops (signs logged: "
        "{reports}). See {whom} now, at the latest within {within_hours} hours: early treatment "
        "works best. If it came suddenly or spreads to arm, leg or speech, call the emergency "
        "number.",
    ),
    "U2": (
        "A new loss of strength, feeling or control",
        "You logged a new change in strength, feeling, balance, speech, sight or swallowing "
        "(signs logged: {reports}). See {whom} within {within_hours} hours.",
    ),
    "U3": (
        "The eye needs to be looked at soon",
        "You logged a red or running eye together with pain, changed sight or pain from light "
        "(signs logged: {reports}). See {whom} within {within_hours} hours.",
    ),
    "U4": (
        "Tingling and cramps: have your blood tested",
        "You logged tingling or cramps in a combination that calls for a calcium blood test "
        "(signs logged: {reports}). See {whom} within {within_hours} hours.",
    ),
    "U5": (
        "A spasm or unwanted movement after a medicine",
        "You logged a spasm or a movement of jaw, tongue, neck or eyes, within days of a medicine "
        "that can bring it or without saying since when you take it (signs logged: {reports}). "
        "Speak to {whom} within {within_hours} hours. If breathing or swallowing becomes hard, "
        "call the emergency number.",
    ),
    "U6": (
        "A recent warning sign should be checked soon",
        "You logged a sudden sign or an attack in the last days, or one without saying when it "
        "began (signs logged: {reports}). See {whom} within {within_hours} hours, also if it has "
        "passed. If it comes back, call the emergency number.",
    ),
    "U7": (
        "Several signs together should be checked soon",
        "You logged twitching that spreads or grows, together with changed sight and another sign "
        "of the nerves (signs logged: {reports}). See {whom} within {within_hours} hours.",
    ),
    "U8": (
        "Fever with a stiff neck: be seen today",
        "You logged a fever and a stiff neck (signs logged: {reports}). See {whom} within "
        "{within_hours} hours. If you feel drowsy or confused or get a rash, call the emergency "
        "number.",
    ),
    "U9": (
        "Jerking without a pause: be seen today",
        "You logged jerking that goes on without a pause, for minutes, or in face and limb of one "
        "side. See {whom} within {within_hours} hours. If it does not stop, spreads, or you are "
        "not fully awake with it, call the emergency number.",
    ),
    "U10": (
        "Shaking and feeling ill on a medicine",
        "You logged jerking, shaking or stiffness together with fever, a body upset or changed "
        "clear thinking (signs logged: {reports}) while a medicine is on record that can go with "
        "it. See {whom} within {within_hours} hours and bring the names of all medicines. If "
        "fever rises or you become confused, call the emergency number.",
    ),
    "U11": (
        "Headache or sight in pregnancy or after birth: be seen today",
        "You logged a headache, changed sight or a high blood pressure reading (signs logged: "
        "{reports}) in pregnancy or after birth. See {whom} within {within_hours} hours; your "
        "maternity unit can be called too. With a seizure or sudden severe pain, call the "
        "emergency number.",
    ),
    "U12": (
        "A sign after a blow to the head: be seen today",
        "You logged a new sign after a blow to the head (signs logged: {reports}). See {whom} "
        "within {within_hours} hours. If you become sleepy or confused, vomit again or have a "
        "seizure, call the emergency number.",
    ),
}
