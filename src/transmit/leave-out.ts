import type { Person, Problem, Vehicle, Warrant } from '../domain/index.ts';
import { checkIdentifiers, checkTogether } from './edits/check-person.ts';
import type { EditRules } from './edits/rules.ts';
import { fieldsOf, fieldsOfVehicle } from './package/fields.ts';
import type { RecordFacts, WarrantMessage } from './package/model.ts';

/** Facts as they will be sent, and a warning for every group that had to stay behind. */
export interface Trimmed {
  readonly facts: RecordFacts;
  readonly warnings: readonly Problem[];
}

const LICENCE: Problem = {
  code: 'PER-OLN-TRIPLE',
  severity: 'warning',
  field: 'person.ids.licence',
  message:
    'The driver licence number is left out: the destination takes it only with its state and expiry year. Add them to send it.',
};

const VEHICLE: Problem = {
  code: 'EDT-FIELD',
  severity: 'warning',
  field: 'vehicles',
  message:
    'A plate or vehicle is left out: the destination takes its fields only together. Add what is missing to send it.',
};

function withoutLicence(person: Person): Person {
  const { licence: _left, ...ids } = person.ids;
  return { ...person, ids };
}

function withoutPlate({
  plate: _p,
  plateState: _s,
  plateType: _t,
  plateExpires: _e,
  ...rest
}: Vehicle): Vehicle {
  return rest;
}

function withoutIdentity({ vin: _v, ...rest }: Vehicle): Vehicle {
  return rest;
}

/** A vehicle's whole groups; a vehicle of which nothing whole is left is left out. */
function wholeVehicle(vehicle: Vehicle, rules: EditRules): Vehicle | undefined {
  const forms = [
    vehicle,
    withoutPlate(vehicle),
    withoutIdentity(vehicle),
    withoutIdentity(withoutPlate(vehicle)),
  ];
  const whole = forms.find((form) => checkTogether(fieldsOfVehicle(form), rules).length === 0);
  return whole && (whole.plate !== undefined || whole.vin !== undefined) ? whole : undefined;
}

function trimVehicles(warrant: Warrant, rules: EditRules): Warrant {
  return { ...warrant, vehicles: warrant.vehicles.flatMap((vehicle) => wholeVehicle(vehicle, rules) ?? []) };
}

function trimLicence(warrant: Warrant, rules: EditRules, facts: RecordFacts): Warrant {
  const person = fieldsOf({ ...facts, warrant: { ...warrant, vehicles: [] } });
  return checkTogether(person, rules).length > 0
    ? { ...warrant, person: withoutLicence(warrant.person) }
    : warrant;
}

/**
 * Leaves out groups the destination takes only whole (OLN/OLS/OLY, plate, vehicle), which courts often hold in
 * part: one missing expiry year must not keep a warrant from the file. Nothing is left out on which the
 * numeric-identifier rule depends: then the edits stop the warrant and a clerk completes it.
 */
export function leaveOutIncomplete(facts: RecordFacts, rules: EditRules): Trimmed {
  const licenced = trimLicence(facts.warrant, rules, facts);
  const warrant = trimVehicles(licenced, rules);
  const trimmed = { ...facts, warrant };
  if (checkIdentifiers(fieldsOf(trimmed), rules).length > 0) return { facts, warnings: [] };
  return {
    facts: trimmed,
    warnings: [
      ...(licenced === facts.warrant ? [] : [LICENCE]),
      ...(JSON.stringify(warrant.vehicles) === JSON.stringify(facts.warrant.vehicles) ? [] : [VEHICLE]),
    ],
  };
}

/** The same for a message: entries and changes carry facts, the others do not. */
export function trimMessage(
  message: WarrantMessage,
  rules: EditRules,
): { message: WarrantMessage; warnings: readonly Problem[] } {
  if (message.kind !== 'enter' && message.kind !== 'modify') return { message, warnings: [] };
  const { facts, warnings } = leaveOutIncomplete(message.facts, rules);
  if (message.kind === 'enter') return { message: { ...message, facts }, warnings };
  return {
    message: { ...message, facts, before: leaveOutIncomplete(message.before, rules).facts },
    warnings,
  };
}
