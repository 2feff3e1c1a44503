"""What stands in the place of a section that the person has left out."""

from reports.domain.words.catalog import Speaker


class ChoiceWords(Speaker):
    """The words of what is not there on purpose."""

    @property
    def left_out(self) -> str:
        """Return the sentence under the heading of a section that was left out."""
        return self.say("Left out at the patient\u2019s request.")
