"""The diary: records, days, rules, alerts."""
