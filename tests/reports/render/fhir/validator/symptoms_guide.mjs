// The two profiles of the HL7 Symptoms guide 1.0.0 (CC0), put onto the base Observation of R4.
// No registry carries the guide as a package, so its rules are written down from its FSH source.

const GUIDE = 'http://hl7.org/fhir/uv/symptoms';
const LOINC = 'http://loinc.org';
const ABSENT_ELEMENTS = ['dataAbsentReason', 'interpretation', 'specimen', 'device', 'referenceRange'];
const ABSENT_IN_COMPONENT = ['dataAbsentReason', 'interpretation', 'referenceRange'];

// name, LOINC code, most
const SLICES = [
  ['quality', '56823-8', '*'],
  ['severity', '64750-3', '1'],
  ['clinicalCourse', '89261-2', '1'],
  ['trend', '89253-9', '1'],
  ['triggersOrExacerbatingFactors', '100752-5', '*'],
  ['alleviatingFactors', '100753-3', '*'],
  ['frequency', '104156-5', '*'],
  ['speedOfOnset', '99495-4', '1'],
];

export function symptomObservation(base) {
  const profile = shared(base, 'SymptomObservation', '75325-1');
  const element = finder(profile);
  element('effective[x]').min = 1;
  slice(profile, 'category', 'symptomCode', { type: 'value', path: '$this' }, {
    min: 1,
    max: '1',
    patternCodeableConcept: coded(`${GUIDE}/CodeSystem/SymptomTemporary`, 'symptom'),
  });
  element('category').min = 1;
  ABSENT_IN_COMPONENT.forEach((name) => (element(`component.${name}`).max = '0'));
  element('component.value[x]').min = 1;
  SLICES.forEach((each) => componentSlice(profile, ...each));
  return profile;
}

export function symptomAbsentObservation(base) {
  return shared(base, 'SymptomAbsentObservation', '111551-8');
}

function shared(base, name, code) {
  const profile = structuredClone(base);
  profile.url = `${GUIDE}/StructureDefinition/${name}`;
  profile.name = name;
  profile.derivation = 'constraint';
  const element = finder(profile);
  element('code').patternCodeableConcept = coded(LOINC, code);
  Object.assign(element('subject'), { min: 1, type: [reference('Patient')] });
  element('effective[x]').type = [{ code: 'dateTime' }, { code: 'Period' }];
  Object.assign(element('performer'), {
    min: 1,
    max: '1',
    type: [reference('Patient', 'RelatedPerson')],
  });
  Object.assign(element('value[x]'), { min: 1, type: [{ code: 'CodeableConcept' }] });
  ABSENT_ELEMENTS.forEach((each) => (element(each).max = '0'));
  return profile;
}

// The validator counts slices; the types of their values are a test of their own in Python.
function componentSlice(profile, name, code, max) {
  slice(profile, 'component', name, { type: 'value', path: 'code' }, { min: 0, max });
  const inside = structuredClone(finder(profile)('component.code'));
  profile.snapshot.element.push({
    ...inside,
    id: `Observation.component:${name}.code`,
    patternCodeableConcept: coded(LOINC, code),
  });
}

function slice(profile, path, name, discriminator, changes) {
  const sliced = finder(profile)(path);
  sliced.slicing ??= { discriminator: [discriminator], rules: 'open' };
  const { slicing, ...rest } = structuredClone(sliced);
  const elements = profile.snapshot.element;
  // A slice stands behind its element and that element's children.
  const last = elements.findLastIndex((each) => each.path.startsWith(sliced.path));
  const added = { ...rest, id: `${sliced.id}:${name}`, sliceName: name, ...changes };
  elements.splice(last + 1, 0, added);
}

function finder(profile) {
  return (path) => profile.snapshot.element.find((each) => each.id === `Observation.${path}`);
}

function coded(system, code) {
  return { coding: [{ system, code }] };
}

function reference(...types) {
  const targetProfile = types.map((type) => `http://hl7.org/fhir/StructureDefinition/${type}`);
  return { code: 'Reference', targetProfile };
}
