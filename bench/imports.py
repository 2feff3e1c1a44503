"""What a web process has imported once it knows all routes: prints the modules, one a line."""

import sys

from django.urls import URLResolver, get_resolver

import config.wsgi  # noqa: F401 - as the server does


def resolve(routes: URLResolver) -> None:
    """Import whatever the routes name."""
    for route in routes.url_patterns:
        if isinstance(route, URLResolver):
            resolve(route)


if __name__ == "__main__":
    resolve(get_resolver())
    print("\n".join(sorted(sys.modules)))  # noqa: T201 - this is a command
