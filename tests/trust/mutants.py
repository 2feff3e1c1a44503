"""Ways to open somebody's diary to somebody else, or to forget what must not be forgotten."""

from tests.mutation import Mutant

# Every table with personal rows; tests/trust/test_mutants.py holds it against the models.
TABLES = (
    "access_log", "alert", "alert_push", "check_in", "consent", "daily_row", "data_key",
    "delivery", "delivery_attempt", "diary_device", "endpoint", "entry_version", "episode",
    "erasure", "follow", "follower_saw", "history_item", "look", "look_due", "medication",
    "person_sync", "problem", "profile", "push_due", "refused_operation", "remedy_trial",
    "reminder_due", "report", "report_due", "share", "share_key", "share_session", "share_view",
)  # fmt: skip
NOBODY_SEES = "diary/test_isolation.py::test_without_a_person_no_row_of_any_table_is_seen"
AFTER_GRANTS = "            grant_sweep_rights(connection)\n"

IN_ONE_FUNCTION = (
    Mutant(
        name="setting_outlives_its_transaction",  # the next request on the connection is somebody
        place="config.postgresql.base:DatabaseWrapper._start_transaction_under_autocommit",
        old="set_config(%s, %s, true)",
        new="set_config(%s, %s, false)",
        killer="diary/test_isolation.py"
        "::test_a_pooled_connection_carries_nobody_to_the_next_request",
    ),
    Mutant(
        name="sweeps_as_the_application",  # what sweeps do is not narrowed by their role
        place="diary.models.isolation:sweeping",
        old='_setting("role", SWEEP_ROLE)',
        new='_setting("app.digest", "")',
        killer="diary/test_sweep_role.py::test_the_role_ends_with_the_block_and_with_an_error",
    ),
    Mutant(
        name="pins_without_a_limit",  # whoever has a link may try all PINs
        place="reports.operations.shares:_take_a_try",
        old="share.takes_a_pin(now=now)",
        new="share.valid(now=now)",
        killer="reports/test_shares.py::test_five_wrong_pins_in_the_life_of_a_link_shut_it",
    ),
    Mutant(
        name="chain_not_linked",  # the hash of an access says nothing of the one before
        place="diary.domain.access_log:next_link",
        old="last.hash.hex(),",
        new="NOTHING_BEFORE.hex(),",
        killer="diary/domain/test_access_log.py"
        "::test_an_altered_row_that_the_next_one_is_made_to_name_breaks_there_all_the_same",
    ),
    Mutant(
        name="access_log_beginning",  # the first row that is there is taken for the first of all
        place="diary.domain.access_log:end_of_chain",
        old="    last = start\n",
        new="    rows = [*rows]\n"
        "    last = Link(number=rows[0].link.number - 1, hash=rows[0].previous_hash)\n",
        killer="diary/domain/test_access_log.py"
        "::test_a_chain_goes_on_from_where_its_beginning_was_forgotten",
    ),
    Mutant(
        name="sealed_for_nobody_in_particular",  # only the key tells whose words they are
        place="diary.models.sealing:SealedField.place_of",
        old='f"{person_id}|',
        new='f"|',
        killer="diary/models/test_sealing.py"
        "::test_what_was_sealed_for_one_person_does_not_open_for_another[same]",
    ),
)


def in_the_database(name: str, statement: str) -> Mutant:
    """Return the fault that the migrations leave the database with this statement run."""
    return Mutant(
        name=name,
        place="diary.management.commands.migrate:Command",
        old=AFTER_GRANTS,
        new=f'{AFTER_GRANTS}            cursor.execute("{statement}")\n',
        killer=NOBODY_SEES,
    )


MUTANTS = (
    *IN_ONE_FUNCTION,
    Mutant(
        name="view_without_permission",  # one route asks nobody who they are
        place="api.v1.imports:ImportTemplate",
        old="class ImportTemplate(APIView):\n",
        new="class ImportTemplate(APIView):\n    permission_classes = ()\n",
        killer="api/permissions/test_permissions.py"
        "::test_everybody_gets_what_the_table_says_and_no_word_of_somebody_elses",
    ),
    Mutant(
        name="erasure_forgets_a_table",
        place="diary.migrations.0007_erasure:ERASE_PERSON",
        old="WHERE con.contype = 'f' AND",
        new="WHERE con.contype = 'f' AND con.conrelid <> 'endpoint'::regclass AND",
        killer="erasure/test_nothing_is_left.py"
        "::test_every_table_that_can_name_a_person_has_a_row_of_hers_and_then_none",
    ),
    Mutant(
        name="outage_becomes_a_crash",  # 500, where 503 says when to come again
        place="api.problems:_type_of",
        old="        return BUSY if state in LOCK_STATES else UNAVAILABLE\n",
        new="        return None\n",
        killer="api/test_outages.py"
        "::test_f7_a_phone_is_told_that_its_entry_was_not_kept_and_a_reader_sees_a_page",
    ),
    *(
        in_the_database(
            f"no_security_on_{table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        )
        for table in TABLES
    ),
    *(
        in_the_database(f"everybody_sees_{table}", f"CREATE POLICY mutant ON {table} USING (true)")
        for table in ("episode", "endpoint", "share_key")
    ),
)
