import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CourtRecord, Problem } from '../../../src/domain/index.ts';
import { fixedWidthDaily } from '../../../src/ingest/courts/fixed-width-daily.ts';
import { DETAIL, HEADER, TRAILER } from '../../../src/ingest/courts/fixed-width-layout.ts';
import { fixedLine } from '../../support/fixed-width.ts';
import { readAs } from '../support/context.ts';

/**
 * Hundreds of drawn files: whatever a legacy system writes, each value of it stands in a record, or a problem says
 * that it does not. Expected values are worked out here from the interface document, not by the reader's own code.
 */
type Values = Readonly<Record<string, string>>;

const widths = new Map(DETAIL.map(({ name, length }) => [name, length]));

/** Letters of Western European names beside plain ones, blanks inside, up to the full width of the field. */
function words(name: string) {
  const width = widths.get(name)!;
  const unit = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ -'ÑÉÜß");
  const drawn = fc.string({ unit, minLength: 1, maxLength: width }).map((text) => text.trim());
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 4, arbitrary: drawn },
    { weight: 1, arbitrary: fc.constant('Ñ'.repeat(width)) },
  );
}

function code(name: string, usual: readonly string[]) {
  const unit = fc.constantFrom(...'ABCXYZ019');
  const odd = fc.string({ unit, minLength: 1, maxLength: widths.get(name)! });
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...usual) },
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: odd },
  );
}

function key(name: string) {
  const unit = fc.constantFrom(...'ABCDEF0123456789-');
  return fc.string({ unit, minLength: 1, maxLength: widths.get(name)! });
}

const SLASHED = '3/4/2026';
const two = (number: number) => String(number).padStart(2, '0');
const DATES = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 1930, max: 2026 }),
      )
      .map(([month, day, year]) => `${two(month)}${two(day)}${year}`),
  },
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom('00000000', '02302020', '20260304', SLASHED, 'SOON') },
);
const CENTS = fc.oneof(
  { weight: 10, arbitrary: fc.nat(999_999_999).map((cents) => String(cents).padStart(10, '0')) },
  { weight: 2, arbitrary: fc.constantFrom('', '5', '9999999999', '0000000000') },
  { weight: 1, arbitrary: fc.constantFrom('10.05', '$100', '1,000', '-5', 'NONE') },
);

const DETAILS: fc.Arbitrary<Values> = fc.record({
  action: code('action', ['A', 'A', 'C', 'H', 'R', 'Q', 'S', 'X']),
  warrant_number: key('warrant_number'),
  case_number: key('case_number'),
  issue_date: DATES,
  action_date: DATES,
  level: code('level', ['F', 'M', 'I']),
  bond_type: code('bond_type', ['C', 'B', 'N', 'O']),
  bond_amount_cents: CENTS,
  business: code('business', ['P']),
  last_name: words('last_name'),
  first_name: words('first_name'),
  middle_name: words('middle_name'),
  suffix: code('suffix', ['JR', 'III']),
  dob: DATES,
  sex: code('sex', ['M', 'F']),
  race: code('race', ['W', 'B', 'A']),
  height: code('height', ['601', '510']),
  weight: code('weight', ['201', '095']),
  eyes: code('eyes', ['BLU', 'BRO']),
  hair: code('hair', ['BLK', 'GRY']),
  oln: key('oln'),
  ols: code('ols', ['CA', 'NV']),
  street_number: code('street_number', ['1', '123456']),
  street_name: words('street_name'),
  city: words('city'),
  state: code('state', ['CA']),
  zip: code('zip', ['93001', '930010001']),
  statute: code('statute', ['VC 23152(a)', 'PC 853.7', '40508(a) VC']),
  citation_number: fc.oneof(fc.constant(''), key('citation_number')),
  booking_number: fc.oneof(fc.constant(''), key('booking_number')),
  fta_date: DATES,
});

const iso = (text: string) => `${text.slice(4)}-${text.slice(0, 2)}-${text.slice(2, 4)}`;
const isIso = (text: string | undefined, from: string) =>
  text === (from === SLASHED ? '2026-03-04' : iso(from));

/** Feet and inches as three digits, or inches as two. */
function inchesOf(text: string): number {
  return text.length === 3 ? Number(text[0]) * 12 + Number(text.slice(1)) : Number(text);
}

type Carries = (record: CourtRecord, text: string, values: Values) => boolean;

/** Whether a record carries a field's value, by field. */
const CARRIED: Readonly<Record<string, Carries>> = {
  action: ({ warrant }, text) => warrant.status.raw === text,
  warrant_number: ({ warrant }, text) => warrant.number === text,
  case_number: ({ warrant }, text) => warrant.case.number === text,
  issue_date: ({ warrant }, text) => isIso(warrant.issuedDate, text),
  action_date: ({ warrant }, text) => isIso(warrant.statusDate, text),
  level: ({ warrant }, text) => warrant.level?.raw === text,
  bond_type: ({ warrant }, text) => warrant.bail?.kind?.raw === text,
  bond_amount_cents: ({ warrant }, text) => /^\d+$/.test(text) && warrant.bail?.cents === Number(text),
  business: (_record, text) => text === 'P',
  last_name: ({ warrant }, text) => warrant.person.name.surname === text,
  first_name: ({ warrant }, text) => warrant.person.name.given === text,
  middle_name: ({ warrant }, text) => warrant.person.name.middle === text,
  suffix: ({ warrant }, text) => warrant.person.name.suffix === text,
  dob: ({ warrant }, text) => isIso(warrant.person.birthDate, text),
  sex: ({ warrant }, text) => warrant.person.sex === text,
  race: ({ warrant }, text) => warrant.person.race === text,
  height: ({ warrant }, text) => warrant.person.heightInches === inchesOf(text),
  weight: ({ warrant }, text) => warrant.person.weightPounds === Number(text),
  eyes: ({ warrant }, text) => warrant.person.eyes === text,
  hair: ({ warrant }, text) => warrant.person.hair === text,
  oln: ({ warrant }, text) => warrant.person.ids.licence?.number === text,
  ols: ({ warrant }, text) => warrant.person.ids.licence?.state === text,
  street_number: ({ warrant }, text, values) =>
    warrant.person.addresses[0]?.street === [text, values.street_name].filter(Boolean).join(' '),
  street_name: ({ warrant }, text, values) =>
    warrant.person.addresses[0]?.street === [values.street_number, text].filter(Boolean).join(' '),
  city: ({ warrant }, text) => warrant.person.addresses[0]?.city === text,
  state: ({ warrant }, text) => warrant.person.addresses[0]?.state === text,
  zip: ({ warrant }, text) => warrant.person.addresses[0]?.zip === text,
  statute: ({ warrant: { offences } }, text) => {
    const { statuteCode = '', statuteSection = '' } = offences[0] ?? {};
    const bare = (...parts: string[]) => parts.join('').replaceAll(' ', '');
    return [bare(statuteCode, statuteSection), bare(statuteSection, statuteCode)].includes(bare(text));
  },
  citation_number: ({ warrant }, text) => warrant.origin.citationNumber === text,
  booking_number: ({ warrant }, text) => warrant.origin.bookingNumber === text,
  fta_date: ({ warrant }, text) => isIso(warrant.missedAppearance?.date, text),
};

const OPEN = { record_type: 'H', file_date: '06122026', issuing_agency: 'CA0560000', sequence: '000163' };

function closing(details: readonly Values[]): string {
  const cents = details.map((values) => values.bond_amount_cents ?? '').filter((text) => /^\d+$/.test(text));
  const total = cents.reduce((sum, text) => sum + BigInt(text), 0n);
  const count = String(details.length).padStart(9, '0');
  return fixedLine(TRAILER, {
    record_type: 'T',
    record_count: count,
    bond_total_cents: String(total).padStart(15, '0'),
  });
}

function linesOf(details: readonly Values[]): string[] {
  const rows = details.map((values) => fixedLine(DETAIL, { ...values, record_type: 'D' }));
  return [fixedLine(HEADER, OPEN), ...rows, closing(details)];
}

/** Each letter here is one byte of windows-1252, which is Latin-1 in these. */
const one = (text: string) => Buffer.from(text, 'latin1');

const drawnFile = fc.record({
  details: fc.array(DETAILS, { maxLength: 5 }),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  hasLastEnd: fc.boolean(),
  padding: fc.constantFrom('', '   '),
  blankLine: fc.boolean(),
  endOfFile: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'windows-1252'),
});

type Drawn = typeof drawnFile extends fc.Arbitrary<infer T> ? T : never;

function textOf(lines: readonly string[], { end, hasLastEnd, padding, blankLine, endOfFile }: Drawn): string {
  // Header and trailer are padded by some senders; a detail has its length to the letter.
  const padded = lines.map((line) => (line.startsWith('D') ? line : line + padding));
  const all = blankLine ? [padded[0]!, '', ...padded.slice(1)] : padded;
  return all.join(end) + (hasLastEnd ? end : '') + (endOfFile ? '\x1a' : '');
}

async function readDrawn(text: string, written: string, configured = written) {
  const bytes = written === 'utf-8' ? Buffer.from(text) : one(text);
  const result = await readAs(fixedWidthDaily, [bytes], { options: { encoding: configured } });
  return { ...result, errors: result.problems.filter(({ severity }) => severity === 'error') };
}

const hasError = (problems: readonly Problem[]) => problems.some(({ severity }) => severity === 'error');

/** Values of the drawn details that neither a record carries nor a problem names. */
function lost(
  details: readonly Values[],
  records: readonly { record: CourtRecord; problems: readonly Problem[] }[],
) {
  return details.flatMap((values, i) => {
    const { record, problems } = records[i]!;
    const named = new Set(problems.map(({ sourceField }) => sourceField));
    return Object.entries(values)
      .filter(([name, text]) => text !== '' && !named.has(name) && !CARRIED[name]!(record, text, values))
      .map(([name, text]) => `${name}: ${text}`);
  });
}

describe('Drawn fixed-width files', () => {
  it('lose no value: it stands in its record, or a problem names its field', async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(drawnFile, async (drawn) => {
        const { details, encoding } = drawn;
        const { records, errors, facts } = await readDrawn(textOf(linesOf(details), drawn), encoding);
        expect(errors).toEqual([]);
        expect(records).toHaveLength(details.length);
        expect(lost(details, records)).toEqual([]);
        for (const { record } of records) expect(record.warrant.agencyOri).toBe('CA0560000');
        expect(facts).toMatchObject([{ asOf: '2026-06-12', sequence: '000163', issuingAgency: 'CA0560000' }]);
        whole += records.filter(({ problems }) => !hasError(problems)).length;
      }),
      { numRuns: 600 },
    );
    expect(whole).toBeGreaterThan(200);
  });

  it('in another encoding than configured are read the same, or each row with such a letter is stopped', async () => {
    await fc.assert(
      fc.asyncProperty(drawnFile, async (drawn) => {
        const { details, encoding } = drawn;
        const other = encoding === 'utf-8' ? 'windows-1252' : 'utf-8';
        const { records, errors } = await readDrawn(textOf(linesOf(details), drawn), encoding, other);
        expect(errors).toEqual([]);
        const isPlain = (values: Values) =>
          Object.values(values).every((text) => /^[\x20-\x7e]*$/.test(text));
        for (const [i, { problems }] of records.entries()) {
          if (!isPlain(details[i]!)) expect(hasError(problems)).toBe(true);
        }
        expect(
          lost(
            details.filter(isPlain),
            records.filter((_, i) => isPlain(details[i]!)),
          ),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  /** Ways to damage the lines of a file that hold for every file with at least one detail. */
  const FAULTS: Readonly<Record<string, (lines: string[], at: number) => string[]>> = {
    'a detail missing': (lines, at) => lines.toSpliced(at, 1),
    'a detail twice': (lines, at) => lines.toSpliced(at, 0, lines[at]!),
    'no header': (lines) => lines.slice(1),
    'no trailer': (lines) => lines.slice(0, -1),
    'the header among the details': (lines, at) => [
      ...lines.slice(1, at + 1),
      lines[0]!,
      ...lines.slice(at + 1),
    ],
    'the header twice': (lines) => [lines[0]!, ...lines],
    'the header again among the details': (lines, at) => lines.toSpliced(at, 0, lines[0]!),
    'the header again before the trailer': (lines) => lines.toSpliced(-1, 0, lines[0]!),
    'the trailer twice': (lines) => [...lines, lines.at(-1)!],
    'the trailer first': (lines) => [lines[0]!, lines.at(-1)!, ...lines.slice(1, -1)],
    'two files run together': (lines) => [...lines, ...lines],
    'another count': (lines) => [...lines.slice(0, -1), lines.at(-1)!.replace(/^T0{8}/, 'T10000000')],
    'another total': (lines) => [...lines.slice(0, -1), lines.at(-1)!.replace(/^(T.{9})0/, '$11')],
    'letters in the count': (lines) => [...lines.slice(0, -1), lines.at(-1)!.replace(/^T0/, 'TX')],
    'a trailer cut short': (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, -1)],
    'letters after the trailer': (lines) => [...lines.slice(0, -1), `${lines.at(-1)!} X`],
    'letters after the header': (lines) => [`${lines[0]!} X`, ...lines.slice(1)],
    'a header cut short': (lines) => [lines[0]!.slice(0, -1), ...lines.slice(1)],
    'a broken letter in the header': (lines) => [lines[0]!.replace('CA0', 'C\u00810'), ...lines.slice(1)],
    'a line of another kind': (lines, at) => lines.toSpliced(at, 0, 'XYZ'),
  };

  it.each(Object.entries(FAULTS))('are condemned by %s', async (_, damage) => {
    const some = drawnFile.filter(({ details }) => details.length > 0);
    await fc.assert(
      fc.asyncProperty(some, fc.nat(), async (drawn, place) => {
        const lines = damage(linesOf(drawn.details), 1 + (place % drawn.details.length));
        // Blanks after a line that was cut would make it whole again.
        const { errors } = await readDrawn(textOf(lines, { ...drawn, padding: '' }), drawn.encoding);
        expect(errors).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['one letter short', (line: string) => line.slice(0, -1)],
    ['without its trailing blanks and one letter', (line: string) => line.trimEnd().slice(0, -1)],
    ['one letter long', (line: string) => `${line}X`],
    ['with a letter put in', (line: string) => `${line.slice(0, 40)}X${line.slice(40)}`],
    ['with a letter left out', (line: string) => line.slice(0, 40) + line.slice(41)],
    ['with a tab for eight blanks', (line: string) => line.replace(/ {8}/, '\t')],
  ])('stop a detail that is %s, and only it', async (_, damage) => {
    const some = drawnFile.filter(({ details }) => details.length > 1);
    await fc.assert(
      fc.asyncProperty(some, async (drawn) => {
        const lines = linesOf(drawn.details);
        const damaged = damage(lines[1]!);
        if (damaged === lines[1]) return;
        // The total of the file counts what stands in the damaged line's own place.
        const { records, problems } = await readDrawn(textOf(lines.with(1, damaged), drawn), drawn.encoding);
        if (problems.length === 0) {
          expect(hasError(records[0]!.problems)).toBe(true);
          expect(lost(drawn.details.slice(1), records.slice(1))).toEqual([]);
        } else expect(hasError(problems)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('keep a header that does not say its date, with a problem that names it', async () => {
    const lines = [fixedLine(HEADER, { ...OPEN, file_date: '99999999' }), ...linesOf([]).slice(1)];
    const { problems, facts } = await readDrawn(`${lines.join('\n')}\n`, 'utf-8');
    expect(problems).toMatchObject([
      { code: 'FIELD-FORMAT', severity: 'warning', sourceField: 'file_date', line: 1 },
    ]);
    expect(facts).toMatchObject([{ extra: [{ path: 'file_date', value: '99999999' }] }]);
  });
});
