"""The words of the page on which a clinician opens a shared report."""

from reports.domain.words.catalog import Speaker


class SharingWords(Speaker):
    """What the opening page says. It is the same for every link, whether there is one or not."""

    def opening_page(self) -> dict[str, str]:
        """Return the texts of the page by key; `refused` gives no reason, there is one for all."""
        return {
            "title": self.say("A report was shared with you"),
            "explained": self.say(
                "Somebody let you read a summary of their symptom diary. It was recorded by the"
                " patient, and nobody reads the diary live."
            ),
            "link": self.say("Link"),
            "link_hint": self.say("Paste the whole link you were given."),
            "pin": self.say("PIN"),
            "pin_hint": self.say("Six to twelve digits. You were told them apart from the link."),
            "name": self.say("Your name"),
            "name_hint": self.say(
                "The patient sees it, with the time, the first part of your network address and"
                " the kind of your browser."
            ),
            "open": self.say("Open the report"),
            "limits": self.say(
                "The report stays open for 30 minutes. After five wrong PINs the link cannot be"
                " opened any more."
            ),
            "refused": self.say(
                "Nothing could be opened. Check the link, the PIN and that you gave a name. The"
                " link may also have ended: then ask the patient for a new one."
            ),
            "wait": self.say("Too many tries from your network. Please wait a minute."),
            "away": self.say("The service does not answer. Please try again shortly."),
        }
