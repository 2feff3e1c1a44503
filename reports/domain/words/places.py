"""Where it starts, where it goes from there, and whether the side stays the same."""

from collections.abc import Sequence

from reports.domain.words.terms import Terms


class PlaceSentences(Terms):
    """The labels of the face map and the answers about order and side."""

    @property
    def starts(self) -> str:
        """Return the small print beside the episodes that name a place first."""
        return self.say_in("face", "starts")

    @property
    def joins_in(self) -> str:
        """Return the small print beside the episodes that name a place later."""
        return self.say_in("face", "joins in")

    @property
    def face_key(self) -> str:
        """Return the key under the face map."""
        return self.say(
            "Filled: starts there. Ring or +: joins in. Dotted: spread. R, L: patient\u2019s sides."
        )

    @property
    def order_label(self) -> str:
        """Return the question about the order of spread."""
        return self.say("Order")

    @property
    def one_place_only(self) -> str:
        """Return that no episode names a second place."""
        return self.say("one place each time")

    def order(self, sites: tuple[str, str], episodes: int, several: int) -> str:
        """Return the most frequent way from one place to another, of the episodes that have two."""
        first, then = (self.site(site) for site in sites)
        return self.say(
            "{first}, then {then} ({part} of {whole})",
            first=first,
            then=then,
            part=episodes,
            whole=several,
        )

    def always_on(self, side: str, episodes: int) -> str:
        """Return that every episode is on the same side, or on both."""
        return {
            "left": self.say("always left ({part} of {whole})", part=episodes, whole=episodes),
            "right": self.say("always right ({part} of {whole})", part=episodes, whole=episodes),
            "both": self.say("always both ({part} of {whole})", part=episodes, whole=episodes),
        }[side]

    def alternative_paths(self, paths: Sequence[tuple[str, str, int]]) -> str:
        """Return the drawn ways of spread in words, or nothing."""
        return self.run_on(
            *(
                self.say("{start} to {end}: {number}.", start=start, end=end, number=number)
                for start, end, number in paths
            )
        )
