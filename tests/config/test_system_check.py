"""Django and its applications have nothing to object to, not even a name that will go away."""

from django.core.management import call_command


def test_the_system_check_has_no_warning():
    call_command("check", fail_level="WARNING")
