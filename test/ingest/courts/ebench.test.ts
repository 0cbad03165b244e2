import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, sharedFiles } from '../support/context.ts';
import { type BlockData, snapshot } from '../support/documents.ts';
import { lost } from '../support/leaves.ts';

const ONE: BlockData = {
  persons: [{ id: 'P1', surname: 'Kahale', birth: '1990-01-01' }],
  cities: ['Hilo'],
  results: [
    { number: '0001', docket: '1DTA-26-00068', person: 'P1', level: 'Felony', bail: '661.58' },
    { number: '0002', docket: '1DTA-26-00069', person: 'P1', level: 'Traffic' },
  ],
};

describe('An eBench snapshot', () => {
  it('gives one record a result, each with its person, address, bail in cents and level', async () => {
    const xml = snapshot([ONE]);
    const result = await read(xml);
    expect(result.records.map(({ record }) => record.warrant.number)).toEqual(['0001', '0002']);
    expect(result.records[0]!.record.warrant.bail?.cents).toBe(66158);
    expect(result.records[0]!.record.warrant.level).toEqual({ code: 'F', raw: 'Felony' });
    for (const { record } of result.records) {
      expect(record.warrant.person.name.surname).toBe('Kahale');
      expect(record.warrant.person.addresses).toEqual([{ city: 'Hilo' }]);
      expect(record.warrant.status).toEqual({ code: 'ISSUED', raw: 'Active' });
    }
    expect(lost(xml, result)).toEqual([]);
  });

  it('says that a level word has no mapping, and takes one from configuration', async () => {
    const plain = await read(snapshot([ONE]));
    expect(plain.records[1]!.problems).toMatchObject([
      { code: 'SRC-UNMAPPED', severity: 'warning', field: 'level' },
    ]);
    const codes = { level: [{ raw: 'Traffic', code: 'I' }] };
    const mapped = await read(snapshot([ONE]), { codes });
    expect(mapped.records[1]!.record.warrant.level).toEqual({ code: 'I', raw: 'Traffic' });
  });

  it('stops a record whose status word is unknown or contradicts itself', async () => {
    const block = (status: string) => snapshot([{ ...ONE, results: [{ ...ONE.results[0]!, status }] }]);
    const unknown = await read(block('Pending Review'));
    expect(unknown.records[0]!.problems).toMatchObject([{ code: 'SRC-UNMAPPED', severity: 'error' }]);
    const xml = block('Active').replace(
      '</nc:ActivityIdentification>',
      '</nc:ActivityIdentification><nc:ActivityStatus><nc:StatusDescriptionText>Recalled</nc:StatusDescriptionText></nc:ActivityStatus>',
    );
    expect((await read(xml)).records[0]!.problems).toMatchObject([{ code: 'FIELD-FORMAT', field: 'status' }]);
  });

  it('joins persons by id, and gives an address to nobody where a block holds several persons', async () => {
    const block: BlockData = {
      persons: [
        { id: 'A', surname: 'Akana', birth: '1980-05-05' },
        { id: 'B', surname: 'Bright', birth: '1981-06-06' },
      ],
      cities: ['Lihue'],
      results: [
        { number: '1', docket: 'D1', person: 'B' },
        { number: '2', docket: 'D2', person: 'A' },
      ],
    };
    const xml = snapshot([block]);
    const result = await read(xml);
    expect(result.records.map(({ record }) => record.warrant.person.name.surname)).toEqual([
      'Bright',
      'Akana',
    ]);
    expect(result.records.every(({ record }) => record.warrant.person.addresses.length === 0)).toBe(true);
    expect(lost(xml, result)).toEqual([]);
  });

  it('refuses to choose a person for a reference to nobody', async () => {
    const block = { ...ONE, results: [{ ...ONE.results[0]!, person: 'P7' }] };
    const { records } = await read(snapshot([block]));
    expect(records[0]!.problems).toMatchObject([
      { code: 'FIELD-MISSING', field: 'person' },
      { code: 'FIELD-MISSING', field: 'person.name' },
    ]);
    expect(records[0]!.record.warrant.person.name).toEqual({});
  });

  it('keeps notes with their categories and who has the warrant in hand', async () => {
    const results = [
      {
        ...ONE.results[0]!,
        notes: [
          ['General', 'First'],
          ['Recall Info', 'Second\nline'],
        ] as const,
        custody: 'HPD District 5',
      },
    ];
    const xml = snapshot([{ ...ONE, results }]);
    const result = await read(xml);
    const { warrant } = result.records[0]!.record;
    expect(warrant.notes).toEqual([
      { category: 'General', text: 'First' },
      { category: 'Recall Info', text: 'Second\nline' },
    ]);
    expect(warrant.custody).toEqual({ status: 'Checked Out', agency: 'HPD District 5' });
    expect(lost(xml, result)).toEqual([]);
  });

  it('with no warrant in it is a fault of the file: silence never looks like a quiet night', async () => {
    expect((await read(snapshot([]))).problems).toMatchObject([{ code: 'SRC-EMPTY', severity: 'error' }]);
    const empty = await read(snapshot([ONE, { ...ONE, results: [] }]));
    expect(empty.problems).toMatchObject([{ severity: 'warning' }]);
    expect(empty.records).toHaveLength(2);
  });
});

const samples = sharedFiles('corpus/ojbc-ebw');
describe.skipIf(samples.length === 0)(
  `The sample snapshots${samples.length === 0 ? ' (SKIPPED: no shared samples beside the project)' : ''}`,
  () => {
    it.each(samples.map((file) => [basename(file), file]))(
      '%s: one record, nothing lost',
      async (_name, file) => {
        const xml = readFileSync(file, 'utf8');
        const result = await read(xml);
        expect(result.records).toHaveLength(1);
        expect(result.records[0]!.problems.filter((p) => p.severity === 'error')).toEqual([]);
        expect(lost(xml, result)).toEqual([]);
      },
    );
  },
);
