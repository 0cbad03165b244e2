import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeBetween,
  ncicName,
  type RecordFacts,
  toXml,
  validatePackage,
  type WarrantMessage,
} from '../../../src/transmit/package/index.ts';
import { facts } from './arbitrary.ts';
import { leavesOf } from './leaves.ts';
import { RELEASE_NOTE, RELEASE_PRESENT, releaseValidator } from './release.ts';
import { ENTER, FACTS, HEADER, printOf, RECORD, WARRANT } from './samples.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const textOf = (message: WarrantMessage) => Buffer.from(toXml(message)).toString('utf8');
const leaf = (message: WarrantMessage, name: string) =>
  leavesOf(toXml(message))
    .filter((each) => each.name === name)
    .map((each) => each.text);

const LATER: readonly WarrantMessage[] = [
  {
    ...HEADER,
    kind: 'cancel',
    record: RECORD,
    reason: 'RECALLED',
    date: '2026-02-01',
    reasonText: 'In open court',
  },
  { ...HEADER, kind: 'clear', record: RECORD, reason: 'SERVED', date: '2026-02-01' },
  {
    ...HEADER,
    kind: 'supplemental',
    record: RECORD,
    additions: {
      aliases: [{ surname: 'Other', given: 'Ann' }],
      birthDates: ['1991-02-28'],
      smt: ['SC R HND'],
      mnu: ['PS-1'],
    },
  },
  {
    ...HEADER,
    kind: 'validate',
    record: RECORD,
    validator: 'CLERK ONE',
    consulted: 'Court',
    date: '2026-03-01',
  },
  {
    ...HEADER,
    kind: 'modify',
    record: RECORD,
    before: FACTS,
    facts: { ...FACTS, warrant: { ...WARRANT, oca: '26-9' } },
  },
];

function enter(record: RecordFacts): WarrantMessage {
  return { ...HEADER, kind: 'enter', facts: record };
}

describe('A package', () => {
  it.each([ENTER, ...LATER])('of kind $kind is valid against the schema of the project', (message) => {
    expect(validatePackage(toXml(message))).toEqual([]);
  });

  it('is the same bytes every time it is built', () => {
    fc.assert(
      fc.property(facts, (record) => {
        const again = structuredClone(record) as RecordFacts;
        expect(sha256(toXml(enter(again)))).toBe(sha256(toXml(enter(record))));
      }),
      { numRuns: 100 },
    );
  });

  it('has not changed since its bytes were last reviewed', () => {
    expect(sha256(toXml(ENTER))).toMatchInlineSnapshot(
      `"df518a67a2393cc31059cdb5e89f9c6f197108e86422b7120d87c7a4f876e61a"`,
    );
  });

  it('is valid whatever the source says or leaves out', () => {
    fc.assert(
      fc.property(facts, (record) => {
        expect(validatePackage(toXml(enter(record)))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('takes markup in a value as text', () => {
    const court = 'A <b>&amp; ]]> "C"';
    expect(leaf(enter({ ...FACTS, warrant: { ...WARRANT, courtName: court } }), 'CourtName')).toEqual([
      court,
    ]);
  });

  it.each(['\u0000', '\u0008', '\uFFFF', '\uD800', 'a\uDC00b'])(
    'refuses text XML cannot carry: %j',
    (bad) => {
      expect(() => textOf(enter({ ...FACTS, warrant: { ...WARRANT, judge: bad } }))).toThrow(
        expect.objectContaining({ code: 'PACKAGE-TEXT' }),
      );
    },
  );

  it('refuses a print whose bytes are not those that were checked', () => {
    const print = { ...printOf(), sha256: 'a'.repeat(64) };
    expect(() => toXml(enter({ ...FACTS, print }))).toThrow(
      expect.objectContaining({ code: 'PACKAGE-PRINT' }),
    );
  });

  it('attaches the ANSI/NIST file unchanged', () => {
    const [base64] = leaf(ENTER, 'Base64BinaryObject');
    expect(Buffer.from(base64!, 'base64')).toEqual(Buffer.from(FACTS.print!.bytes));
    expect(leaf(ENTER, 'BinaryHashCode')).toEqual([FACTS.print!.sha256]);
  });

  it('keeps leading zeros and exact cents', () => {
    expect(leaf(ENTER, 'CaseDocketID')).toEqual(['0042']);
    expect(leaf(ENTER, 'Amount')).toEqual(['5000.05']);
  });

  it('states no amount beside "no bail"', () => {
    const bail = { kind: { code: 'NO_BAIL', raw: 'NO BAIL' }, cents: 0 } as const;
    expect(leaf(enter({ ...FACTS, others: [], warrant: { ...WARRANT, bail } }), 'Amount')).toEqual([]);
  });

  it.each([
    ['verified', ['A12345678', '62760NY12']],
    ['found', ['A12345678', '62760NY12']],
    ['new', []],
    ['review', []],
    ['unusable', []],
    ['none', []],
  ] as const)('carries fingerprint-backed numbers under verdict %s: %j', (verdict, numbers) => {
    const text = textOf(enter({ ...FACTS, disposition: { ...FACTS.disposition, verdict } }));
    for (const number of ['A12345678', '62760NY12']) expect(text.includes(number)).toBe(numbers.length > 0);
    expect(text).not.toContain(WARRANT.person.ids.cii);
    expect(text).not.toContain(WARRANT.person.ids.fbi);
  });

  it('keeps telephone numbers off the wire', () => {
    expect(textOf(ENTER)).not.toContain(WARRANT.person.phones[0]);
  });
});

describe.skipIf(!RELEASE_PRESENT)(`Against the full NIEM 6.0 release${RELEASE_NOTE}`, () => {
  it('every package is valid', { timeout: 60_000 }, () => {
    const release = releaseValidator();
    try {
      for (const message of [ENTER, ...LATER]) expect(release.validate(toXml(message))).toEqual([]);
      fc.assert(
        fc.property(facts, (record) => {
          expect(release.validate(toXml(enter(record)))).toEqual([]);
        }),
        { numRuns: 100 },
      );
      fc.assert(
        fc.property(facts, facts, (before, after) => {
          const { changed, removed } = changeBetween(before, after);
          if (changed.length + removed.length === 0) return;
          const message: WarrantMessage = { ...HEADER, kind: 'modify', record: RECORD, before, facts: after };
          expect(release.validate(toXml(message))).toEqual([]);
        }),
        { numRuns: 50 },
      );
    } finally {
      release.dispose();
    }
  });
});

/** Words this code writes by itself: labels of MIS, codes of tables, names of units and standards. */
const OWN_WORDS = new Set(
  `NOT THIS PERSON DOB CHARGE FTA ON APPEARANCE MISSED BAIL CASH ONLY OR BOND NO EX OUTSIDE CA PICKUP RADIUS ALSO WANTED
   DOW MORE 5015 BENCH WARRANT ARREST OTHER INH LBR SHA-256 ANSI/NIST-ITL EW EW-C true false`.split(/\s+/),
);

/** Elements whose value may be the code of a word of the source. */
const CODED = /Code$|JurisdictionText/;

function saidBy(message: WarrantMessage): string {
  const seen: string[] = [];
  JSON.stringify(message, (key, value) => {
    if (key === 'bytes') return undefined;
    if (typeof value === 'string' || typeof value === 'number') seen.push(String(value));
    return value;
  });
  return seen.join(' \n ');
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}|['’ʻ`.,;]/gu, '')
    .toUpperCase();
}

describe('Nothing is said that the source did not say', () => {
  it('every word of every element is in the source, or is a fixed code or label', () => {
    fc.assert(
      fc.property(facts, (record) => {
        const message = enter(record);
        const source = saidBy(message);
        const loose = plain(source);
        for (const { name, text } of leavesOf(toXml(message))) {
          if (source.includes(text) || CODED.test(name) || name === 'Base64BinaryObject') continue;
          if (name === 'BinarySizeValue' || name === 'Amount' || name.endsWith('Value')) continue;
          for (const word of text.split(/[\s;,]+/u).filter(Boolean)) {
            const said =
              OWN_WORDS.has(word) ||
              loose.includes(plain(word)) ||
              /^\d{8}$/.test(word) ||
              /^\d+(\.\d\d)?$/.test(word);
            expect(said, `${name}: ${word}`).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('NAM', () => {
  it.each([
    [{ surname: 'Testcase', given: 'Ann', middle: 'B', suffix: 'Jr' }, 'TESTCASE, ANN B JR'],
    [{ surname: "O'Hara", given: 'José' }, 'OHARA, JOSE'],
    [{ surname: 'De La Cruz', given: 'Ann-Marie' }, 'DE LA CRUZ, ANN-MARIE'],
    [
      { surname: 'Villanueva-Hernandez', given: 'Maria', middle: 'Guadalupe Del' },
      'VILLANUEVA-HERNANDEZ, MARIA G D',
    ],
    [{ full: 'Sample, A B' }, 'SAMPLE, A B'],
    [{ full: 'Ann Sample' }, undefined],
    [{ surname: 'Sample' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (name, nam) => {
    expect(ncicName(name)).toBe(nam);
  });
});
