"""The licenses of the shipped parts, and docs/licenses.md that lists them: `make licenses`."""

import re
from importlib.metadata import PackageNotFoundError, metadata

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from supply_chain.parts import ROOT, Part, shipped_parts

PAGE = ROOT / "docs" / "licenses.md"
# What may be shipped beside Apache-2.0 code that others run and change. The LGPL stands for
# psycopg, which anybody can replace; the GPL for the runtime of Fortran in SciPy, by its exception.
ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD-3-Clause-Open-MPI",
        "CC0-1.0",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Zlib",
    }
)
# Read in the license files of packages whose metadata give no expression, or none that is one.
READ = {
    "amqp": "BSD-3-Clause",
    "async-timeout": "Apache-2.0",
    "billiard": "BSD-3-Clause",
    "click-plugins": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "drf-spectacular-sidecar": "BSD-3-Clause AND Apache-2.0 AND MIT",  # with Swagger UI and Redoc
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "font-source-sans-pro": "OFL-1.1",
    "prompt-toolkit": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "scipy": "BSD-3-Clause AND BSD-3-Clause-Open-MPI AND GPL-3.0-or-later WITH GCC-exception-3.1",
    "sqlparse": "BSD-3-Clause",
    "uritemplate": "BSD-3-Clause OR Apache-2.0",
    "vine": "BSD-3-Clause",
    "wcwidth": "MIT",
}
HEAD = """\
# Licenses of what is shipped

Quiver is under the [Apache License 2.0](../LICENSE). These are the parts of others, none of them
changed by us, with their licenses as SPDX expressions. `make licenses` writes this page from the
installed packages; a test knows which licenses are allowed.

| package | from | license |
|---|---|---|
"""


class UnknownLicense(Exception):
    """Nobody has read the license of this package."""


def license_of(part: Part) -> str:
    """Return the SPDX expression of a part's license. Raises UnknownLicense."""
    stated = part.license or READ.get(part.name) or _stated_by_package(part.name)
    try:
        return str(canonicalize_license_expression(stated))
    except InvalidLicenseExpression:
        raise UnknownLicense(part.name) from None


def _stated_by_package(name: str) -> str:
    try:
        stated = metadata(name)
    except PackageNotFoundError:  # on this platform
        return ""
    return str(stated["License-Expression"] or stated["License"] or "")


def licenses_in(expression: str) -> frozenset[str]:
    """Return the single licenses of an expression, each with its exception."""
    return frozenset(re.split(r" AND | OR ", expression.replace("(", "").replace(")", "")))


def page() -> str:
    """Return the whole of docs/licenses.md."""
    rows = {f"| {one.name} | {one.registry} | {license_of(one)} |\n" for one in shipped_parts()}
    return HEAD + "".join(sorted(rows))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
