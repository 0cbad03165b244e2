import { NO_PERSON, type Warrant } from '../../../src/domain/index.ts';
import { ORI } from './messages.ts';

const LETTERS = 'ABCDEFGHIJ';

/** A synthetic misdemeanour warrant of a person of its own that passes every edit. */
export function testWarrant(n: number, over: Partial<Warrant> = {}): Warrant {
  const digits = String(n).padStart(6, '0');
  const letters = [...digits].map((digit) => LETTERS[Number(digit)]).join('');
  return {
    number: `W${digits}`,
    oca: `OCA${digits}`,
    status: { code: 'ISSUED', raw: 'A' },
    kind: { code: 'BENCH', raw: 'BENCH' },
    level: { code: 'M', raw: 'M' },
    issuedDate: '2026-01-14',
    courtOri: 'CA019013J',
    agencyOri: ORI,
    bail: { kind: { code: 'BONDABLE', raw: 'B' }, cents: 500_000 },
    extradition: { limit: 'D' },
    offences: [
      { ncic: '5015', statuteCode: 'VC', statuteSection: '40508(A)', description: 'FAILURE TO APPEAR' },
    ],
    case: { number: `C${digits}`, docket: `D${digits}` },
    missedAppearance: { date: '2026-01-13' },
    origin: {},
    person: {
      ...NO_PERSON,
      name: { surname: `TEST${letters}`, given: 'PAT' },
      birthDate: `19${60 + (n % 40)}-0${(n % 9) + 1}-1${n % 10}`,
      sex: 'M',
      race: 'W',
      eyes: 'BRO',
      hair: 'BRO',
      heightInches: 70,
      weightPounds: 180,
    },
    vehicles: [],
    notes: [],
    ...over,
  };
}
