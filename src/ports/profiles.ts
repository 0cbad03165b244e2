import type { Config, DestinationConfig } from '../config.ts';
import type { Warrant } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import { FIELD_TABLE } from '../transmit/edits/field-table.ts';
import { DEFAULT_RULES, type EditRules, NCIC_RULES } from '../transmit/edits.ts';
import { NIEM_6, NIEM_6_JSON, ncicText, OJBC_3, withOrders } from '../transmit/package/index.ts';
import type { Profile } from '../transmit/package/profile.ts';

/** The message format of a profile's name. @param receiverOri whom a text message is addressed to */
export function profileNamed(name: DestinationConfig['profile'], receiverOri: string): Profile {
  switch (name) {
    case 'niem-6':
      return NIEM_6;
    case 'niem-6-json':
      return NIEM_6_JSON;
    case 'ojbc-3':
      return OJBC_3;
    case 'ncic-text':
      return ncicText(receiverOri);
  }
}

/** @throws BenchlinkError CONFIG-INVALID for a code that is no field: it would hold every warrant back */
function assertFieldCodes({ edits }: DestinationConfig): void {
  const named = [
    ...(edits.mandatory ?? []),
    ...(edits.mandatoryForNcic ?? []),
    ...(edits.identifiers ?? []).flat(),
    ...(edits.together ?? []).flatMap((group) => group.fields),
    ...Object.keys(edits.lengths ?? {}),
  ];
  const known = new Set(['MIS', ...FIELD_TABLE.map((field) => field.code)]);
  const unknown = named.filter((code) => !known.has(code));
  if (unknown.length === 0) return;
  const text = `destination.edits names fields that are none: ${unknown.join(', ')}. There are ${[...known].join(' ')}.`;
  throw new BenchlinkError('usage', 'CONFIG-INVALID', text);
}

/** The destination's field rules: the default of its kind with what the configuration says otherwise. */
export function editRules(config: DestinationConfig | undefined): EditRules {
  if (!config) return DEFAULT_RULES;
  const { base, ...own } = config.edits;
  assertFieldCodes(config);
  return { ...(base === 'ncic' ? NCIC_RULES : DEFAULT_RULES), ...own };
}

/** The county's orders applied to a warrant; what the court says is never overruled. */
export function prepareWith(config: Config['destination']): (warrant: Warrant) => Warrant {
  const { extradition, cautionLetters } = config?.orders ?? {};
  const given = { ...(extradition ? { extradition } : {}), ...(cautionLetters ? { cautionLetters } : {}) };
  return (warrant) => withOrders(warrant, given);
}
