"""The report for the clinician: one diary, one period, two pages."""
