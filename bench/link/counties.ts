import {
  createLinker,
  defaultModel,
  type JudgedDecision,
  type LinkRecord,
  type LinkWarrant,
  thresholdTable,
} from '../../src/match/link/index.ts';
import { gatherLinkageCounty, type TruthfulWarrant } from '../../src/synth/linkage/index.ts';

/** 20,000 people give about 31,000 bookings and 10,400 warrants, one in ten without its booking. */
const COUNTY = { people: 20_000, warrantShare: 0.52 } as const;
const SEEDS = ['ten thousand', 'one', 'two', 'three', 'four', 'five'];

type Without = (record: LinkWarrant) => LinkWarrant;

const without =
  (...fields: readonly (keyof LinkWarrant)[]): Without =>
  (record) =>
    Object.fromEntries(
      Object.entries(record).filter(([name]) => !fields.includes(name as keyof LinkWarrant)),
    ) as unknown as LinkWarrant;

const only =
  (...fields: readonly (keyof LinkWarrant)[]): Without =>
  (record) =>
    Object.fromEntries(
      Object.entries(record).filter(([name]) => fields.includes(name as keyof LinkWarrant)),
    ) as unknown as LinkWarrant;

const NUMBERS = ['ssn', 'oln', 'olnState', 'cii', 'fbi'] as const;
const EVENT = ['arrestDate', 'offenseDate', 'citationDate', 'agency', 'charge'] as const;

/** Counties with other habits than the one the shipped model was learned from. */
const HABITS: readonly (readonly [string, Without])[] = [
  ['no social security number', without('ssn')],
  ['no numbers at all', without(...NUMBERS)],
  ['no dates, agency or charge of the event', without(...EVENT)],
  ['no birth dates', without('dob')],
  [
    'names, birth date and day of the event only',
    only('id', 'given', 'surname', 'dob', 'arrestDate', 'offenseDate', 'failureToAppearDate'),
  ],
  ['names and birth date only', only('id', 'given', 'surname', 'dob', 'failureToAppearDate')],
  ['names only', only('id', 'given', 'surname', 'failureToAppearDate')],
];

interface Outcome {
  readonly judged: readonly JudgedDecision[];
  readonly wrongPerson: number;
  readonly wrongEvent: number;
}

async function judge(
  bookings: readonly LinkRecord[],
  warrants: readonly TruthfulWarrant[],
): Promise<Outcome> {
  const linker = createLinker(defaultModel());
  await linker.index(bookings);
  let [wrongPerson, wrongEvent] = [0, 0];
  const judged = warrants.map(({ warrant, booking, person }): JudgedDecision => {
    const decision = linker.link(warrant);
    const best = decision.candidates[0]?.id;
    const right = best !== undefined && best === booking;
    if (decision.kind === 'attach' && !right) {
      // A booking's id is its person's with a number behind.
      if (best?.startsWith(`B${person.slice(1)}-`)) wrongEvent += 1;
      else wrongPerson += 1;
    }
    return { decision, right };
  });
  return { judged, wrongPerson, wrongEvent };
}

function line(label: string, { judged, wrongPerson, wrongEvent }: Outcome): string {
  const share = (kind: string) => {
    const n = judged.filter(({ decision }) => decision.kind === kind).length;
    return `${kind} ${((100 * n) / judged.length).toFixed(2)} %`;
  };
  return `${label.padEnd(46)} ${judged.length} warrants: ${share('attach')}, ${share('review')}, ${share('none')}; wrong person ${wrongPerson}, wrong event ${wrongEvent}`;
}

/** The synthetic county with several seeds and habits, and what each threshold gives on the first. */
export async function counties(): Promise<void> {
  console.log(
    'Synthetic county: twins, fathers and sons, namesakes, swapped names, shared birthdays, absent bookings',
  );
  for (const [n, seed] of SEEDS.entries()) {
    const { bookings, warrants } = gatherLinkageCounty({ seed, ...COUNTY });
    const outcome = await judge(bookings, warrants);
    console.log(line(`seed "${seed}"`, outcome));
    if (n > 0) continue;
    for (const row of thresholdTable(outcome.judged)) {
      const expected = row.expectedFalsePer100k.toFixed(1);
      const found = row.observedFalsePer100k?.toFixed(1) ?? '';
      console.log(
        `  threshold ${String(row.probability).padEnd(8)} attached ${(100 * row.attached).toFixed(2)} %, false per 100,000: expected ${expected}, found ${found}`,
      );
    }
  }
  const { bookings, warrants } = gatherLinkageCounty({ seed: 'habits', ...COUNTY });
  for (const [label, change] of HABITS) {
    const fewer = warrants.map((one) => ({ ...one, warrant: change(one.warrant) }));
    console.log(line(label, await judge(bookings.map(change), fewer)));
  }
}
