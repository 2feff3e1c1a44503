"""The records as phones send them: strict pydantic models, one per synced type.

Reading collects every wrong field at once and refuses unknown ones; `ext` is the one place where an
app may keep fields of its own. The same models describe the API in OpenAPI.
"""
