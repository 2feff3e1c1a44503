"""How deep data is nested: what is too deep is refused before anything runs out of stack."""


def nests_deeper_than(data: object, levels: int) -> bool:
    """Return whether the lists and dicts of JSON lie inside each other more than `levels` deep.

    A plain value has no level, an empty list has one.
    """
    layer: list[list[object]] = [[data]]
    for _ in range(levels + 1):
        layer = [
            list(each.values()) if isinstance(each, dict) else each
            for outer in layer
            for each in outer
            if isinstance(each, dict | list)
        ]
    return bool(layer)
