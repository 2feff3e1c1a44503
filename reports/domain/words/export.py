"""The note that lies in an export and says what is in it."""

from datetime import date

from reports.domain.words.catalog import Speaker


class ExportWords(Speaker):
    """The words of the export of everything."""

    def read_me(self, day: date) -> str:
        """Return the note, a sentence a paragraph; `day` is the local date of the export."""
        paragraphs = (
            self.say("Your diary, exported on {date}.", date=day.isoformat()),
            self.say(
                "diary.json holds everything: each record with its earlier versions and what was"
                " deleted, alerts, looks, messages, reports, devices and your profile."
            ),
            self.say(
                "The CSV files hold the records for a spreadsheet. episodes.csv and check-ins.csv"
                " can be imported again."
            ),
            self.say("The PDF files in the folder reports are your reports that were ready."),
            self.say(
                "An apostrophe in front of a text keeps a spreadsheet from changing it. The import"
                " takes it off again."
            ),
            self.say(
                "This file is not protected by a password. Keep it as you would keep a letter from"
                " your doctor."
            ),
            self.say("The diary is recorded by you. It is not a diagnosis."),
        )
        return "\n\n".join(paragraphs) + "\n"
