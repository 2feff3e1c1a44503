"""The rules: small pure functions from the diary view to a finding, one module per family."""
