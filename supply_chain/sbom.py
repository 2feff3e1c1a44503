"""The bill of materials of what is shipped, in CycloneDX: `make sbom > quiver.cdx.json`."""

import sys
import tomllib

from cyclonedx.contrib.hash.factories import HashTypeFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from supply_chain.licenses import license_of
from supply_chain.parts import ROOT, Part, shipped_parts

HASHES = HashTypeFactory()
ADDRESSES = {
    "pypi": "https://pypi.org/project/{name}/{version}/",
    "npm": "https://www.npmjs.com/package/{name}/v/{version}",
}


def bill_of_materials() -> str:
    """Return the bill in JSON: each part with its license and the hashes of its files."""
    bom = Bom(components=[_component(part) for part in shipped_parts()])
    bom.metadata.component = _product()
    bom.register_dependency(bom.metadata.component, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _product() -> Component:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        licenses=[LicenseExpression(project["license"])],
        bom_ref=project["name"],
    )


def _component(part: Part) -> Component:
    """Return a part. It has several files, so their hashes stand at the place they come from."""
    namespace, _, name = part.name.rpartition("/")
    place = ADDRESSES[part.registry].format(name=part.name, version=part.version)
    purl = PackageURL(part.registry, namespace or None, name, part.version)
    return Component(
        type=ComponentType.LIBRARY,
        group=namespace or None,
        name=name,
        version=part.version,
        purl=purl,
        bom_ref=purl.to_string(),
        licenses=[LicenseExpression(license_of(part))],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(place),
                hashes=[HASHES.from_hashlib_alg(part.algorithm, one) for one in part.hashes],
            )
        ],
    )


if __name__ == "__main__":
    sys.stdout.write(bill_of_materials())
