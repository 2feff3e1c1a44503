"""Writing the profile."""

from datetime import datetime
from uuid import UUID

from diary.domain.errors import VersionConflict
from diary.domain.wire.profile import ProfileData
from diary.models import Profile
from diary.models.isolation import acting_for
from diary.operations.counter import lock_counter
from diary.operations.looks import make_look_due
from diary.operations.reminders import schedule_reminder


def save_profile(
    person_id: UUID, data: ProfileData, *, base_version: int | None, now: datetime
) -> Profile:
    """Store the profile and return it; the next look uses it.

    `base_version` is the version the writer started from, 0 before the first write and None to
    write in any case. Raises VersionConflict when the server holds another one. Diary days that
    were already captured keep their dates.
    """
    columns = data.model_dump(mode="json")
    with acting_for(person_id):
        lock_counter(person_id)
        profile = Profile.objects.filter(person_id=person_id).first()
        present = profile.version if profile else 0
        if base_version not in (None, present):
            raise VersionConflict
        profile, _ = Profile.objects.update_or_create(
            person_id=person_id, defaults=columns | {"version": present + 1}
        )
        make_look_due(person_id, now=now)
        schedule_reminder(profile, now=now)
    return profile
