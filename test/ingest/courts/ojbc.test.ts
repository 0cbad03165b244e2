import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read, sharedFiles } from '../support/context.ts';
import { type ReportData, report } from '../support/documents.ts';
import { lost } from '../support/leaves.ts';

const WARRANT: ReportData = {
  oca: '0012345',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-03-02',
  docket: '0007-26',
  bail: '2500.50',
  person: { id: 'P1', given: 'Ana María', surname: "O'Neil-Ruiz", birth: '1988-02-29', ssn: '012-34-5678' },
};

describe('A warrant report', () => {
  it('becomes one record with leading zeros, dates, exact cents and text as they stand', async () => {
    const { records, problems } = await read(report('Issued', { ...WARRANT, comment: 'See  case\nfile' }));
    expect(problems).toEqual([]);
    expect(records).toHaveLength(1);
    const { warrant, event } = records[0]!.record;
    expect(records[0]!.problems).toEqual([]);
    expect(event).toBe('issued');
    expect(warrant.oca).toBe('0012345');
    expect(warrant.case.docket).toBe('0007-26');
    expect(warrant.bail?.cents).toBe(250050);
    expect(warrant.issuedDate).toBe('2026-03-02');
    expect(warrant.notes).toEqual([{ text: 'See  case\nfile' }]);
    expect(warrant.person.name).toEqual({ given: 'Ana María', surname: "O'Neil-Ruiz" });
    expect(warrant.person.ids.ssn).toBe('012345678');
  });

  it.each(['Issued', 'Modification', 'Cancelled', 'Accepted', 'Rejected'] as const)(
    'of kind %s is told by its root element',
    async (name) => {
      const { format, records } = await read(report(name, WARRANT));
      expect(format.name).toBe(records[0]!.record.format);
      expect(records[0]!.record.event).toBe(
        {
          Issued: 'issued',
          Modification: 'modified',
          Cancelled: 'recalled',
          Accepted: 'accepted',
          Rejected: 'rejected',
        }[name],
      );
    },
  );

  it('joins by id, whatever the order of the parts and the prefixes', async () => {
    const person = { ...WARRANT.person, aliases: ['Ruiz', 'Neil'], vehicles: ['VIN0', 'VIN1'] };
    const usual = await read(report('Issued', { ...WARRANT, person }));
    const prefixes = { doc: 'a', nc: 'core', j: 'x', ext: 'y', s: 'st', scr: 'z' };
    const other = await read(report('Issued', { ...WARRANT, person }, { prefixes, reverse: true }));
    const sorted = (r: typeof usual) => ({
      ...r.records[0]!.record.warrant,
      vehicles: [...r.records[0]!.record.warrant.vehicles].sort((a, b) => a.vin!.localeCompare(b.vin!)),
      person: {
        ...r.records[0]!.record.warrant.person,
        aliases: r.records[0]!.record.warrant.person.aliases.map((a) => a.surname).sort(),
      },
    });
    expect(sorted(other)).toEqual(sorted(usual));
    expect(sorted(usual).vehicles).toEqual([
      { vin: 'VIN0', plate: 'PVIN0' },
      { vin: 'VIN1', plate: 'PVIN1' },
    ]);
    expect(sorted(usual).person.aliases).toEqual(['Neil', 'Ruiz']);
  });

  it('never gives an alias or vehicle to a person it is not joined to', async () => {
    const stranger =
      '<nc:Person structures:id="P2"><nc:PersonName><nc:PersonSurName>Other</nc:PersonSurName></nc:PersonName></nc:Person>' +
      '<nc:Identity structures:id="A9"><nc:IdentityPersonRepresentation><nc:PersonName><nc:PersonSurName>Stray</nc:PersonSurName></nc:PersonName></nc:IdentityPersonRepresentation></nc:Identity>' +
      '<nc:PersonAliasIdentityAssociation><nc:Person structures:ref="P2"/><nc:Identity structures:ref="A9"/></nc:PersonAliasIdentityAssociation>';
    const xml = report('Issued', WARRANT, { extra: stranger });
    const result = await read(xml);
    expect(result.records[0]!.record.warrant.person.aliases).toEqual([]);
    expect(lost(xml, result)).toEqual([]);
  });

  it('reads several warrants of one report as several records', async () => {
    const second =
      '<j:Warrant structures:id="W2"><j:CourtOrderDesignatedSubject><nc:RoleOfPerson structures:ref="P1"/></j:CourtOrderDesignatedSubject>' +
      '<j:CourtOrderEnforcementAgency><wir-ext:AgencyRecordIdentification><nc:IdentificationID>0099</nc:IdentificationID></wir-ext:AgencyRecordIdentification></j:CourtOrderEnforcementAgency></j:Warrant>';
    const { records } = await read(report('Issued', WARRANT, { extra: second }));
    expect(records.map(({ record }) => record.warrant.oca)).toEqual(['0012345', '0099']);
    expect(records.map(({ record }) => record.place.ordinal)).toEqual([1, 2]);
  });

  it("keeps each warrant's facts in its own record, and what no warrant claims with the first", async () => {
    const second =
      '<nc:Person structures:id="P2"><nc:PersonName><nc:PersonSurName>Other</nc:PersonSurName></nc:PersonName><nc:PersonUSCitizenIndicator>true</nc:PersonUSCitizenIndicator></nc:Person>' +
      '<j:Warrant structures:id="W2"><j:CourtOrderDesignatedSubject><nc:RoleOfPerson structures:ref="P2"/></j:CourtOrderDesignatedSubject>' +
      '<j:WarrantAppearanceBail><j:BailSetAmount><nc:Amount>0750.5</nc:Amount></j:BailSetAmount></j:WarrantAppearanceBail></j:Warrant>' +
      '<v:Stamp xmlns:v="urn:vendor">S-1</v:Stamp>';
    const xml = report('Issued', WARRANT, { extra: second });
    const result = await read(xml);
    const [first, other] = result.records.map(({ record }) => record);
    expect(first!.extra.map(({ value }) => value)).toContain('S-1');
    expect(JSON.stringify(first)).not.toMatch(/Other|0750\.5|75050/);
    expect(other!.warrant.person.name.surname).toBe('Other');
    expect(other!.warrant.bail).toEqual({ cents: 75050 });
    expect(other!.extra.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['0750.5', 'true', 'P2', 'W2']),
    );
    expect(lost(xml, result)).toEqual([]);
  });

  it('takes xsi:nil as "remove this", and says so when a nil element has content', async () => {
    const nil = (body: string) =>
      report('Modification', WARRANT, {
        extra: `<nc:Person structures:id="P9" xsi:nil="true">${body}</nc:Person>`,
      }).replace(
        '<nc:PersonSSNIdentification><nc:IdentificationID>012-34-5678</nc:IdentificationID></nc:PersonSSNIdentification>',
        `<nc:PersonSSNIdentification xsi:nil="true">${body}</nc:PersonSSNIdentification>`,
      );
    const clean = await read(nil(''));
    expect(clean.records[0]!.record.cleared).toContain('person.ids.ssn');
    expect(clean.records[0]!.record.warrant.person.ids.ssn).toBeUndefined();
    const odd = await read(nil('<nc:IdentificationID>1</nc:IdentificationID>'));
    expect(odd.records[0]!.problems.some((p) => p.field === 'person.ids.ssn')).toBe(true);
  });

  it('lists every missing mandatory field at once, with source path and line', async () => {
    const xml = report('Issued', { oca: 'X', person: WARRANT.person })
      .replace('<nc:PersonSurName>', '<nc:PersonFullNam>')
      .replace('</nc:PersonSurName>', '</nc:PersonFullNam>')
      .replace('<nc:PersonGivenName>Ana María</nc:PersonGivenName>', '');
    const { records } = await read(xml);
    const problems = records[0]!.problems;
    expect(problems.map((p) => p.field).sort()).toEqual([
      'agencyOri',
      'courtOri',
      'issuedDate',
      'person.name',
    ]);
    for (const problem of problems) {
      expect(problem.code).toBe('FIELD-MISSING');
      expect(problem.line).toBeGreaterThan(1);
      expect(problem.sourceField).toMatch(/^\/wir:WarrantIssuedReport\//);
    }
  });

  it('without any warrant in it is a record with that problem, not silence', async () => {
    const xml = report('Issued', WARRANT)
      .replaceAll('j:Warrant>', 'j:Wrrant>')
      .replaceAll('j:Warrant ', 'j:Wrrant ');
    const { records } = await read(xml);
    expect(records).toHaveLength(1);
    expect(records[0]!.problems.some((p) => p.severity === 'error')).toBe(true);
  });

  it.each([
    ['2026-02-30', undefined],
    ['02/03/2026', undefined],
    ['2026-03-02Z', '2026-03-02'],
    ['2026-03-02-08:00', '2026-03-02'],
  ])('reads the date %s as %s', async (given, date) => {
    const { records } = await read(report('Issued', { ...WARRANT, issued: given }));
    expect(records[0]!.record.warrant.issuedDate).toBe(date);
    expect(records[0]!.problems.length).toBe(date ? 0 : 1);
  });

  it.each([
    ['5000', 500000],
    ['0.07', 7],
    ['1,250.00', 125000],
    ['$ 1,250.00', 125000],
    ['USD 1,250.00', undefined],
    ['250.0', 25000],
    ['1.005', undefined],
    ['1e3', undefined],
    ['-5', undefined],
    ['90071992547409.91', 9007199254740991],
    ['90071992547409.92', undefined],
  ])('reads the bail %s as %s cents', async (given, expected) => {
    const xml = report('Issued', { ...WARRANT, bail: given });
    const result = await read(xml);
    expect(result.records[0]!.record.warrant.bail?.cents).toBe(expected);
    expect(result.records[0]!.problems.length).toBe(expected === undefined ? 1 : 0);
    expect(lost(xml, result)).toEqual([]);
  });

  it('loses no value of any document, whatever its texts', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((s) => s.replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFC]/gu, '').trim())
      .filter((s) => s !== '' && !/^[\s\u00A0\uFEFF]|[\s\u00A0\uFEFF]$/.test(s));
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        text,
        fc.array(text, { maxLength: 3 }),
        fc.boolean(),
        async (oca, name, comment, list, reverse) => {
          const data = {
            ...WARRANT,
            oca,
            comment,
            person: { ...WARRANT.person, surname: name, aliases: list, vehicles: list },
          };
          const xml = report('Issued', data, { reverse });
          const result = await read(xml);
          expect(lost(xml, result)).toEqual([]);
          expect(result.records[0]!.record.warrant.oca).toBe(oca);
          expect(result.records[0]!.record.warrant.person.name.surname).toBe(name);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(['ExtraditionLimitCodeText', 'ExtraditionLimitsCodeText', 'ExtradictionLimitCodeText'])(
    'reads the extradition limit spelled %s, and cautions of the first version',
    async (name) => {
      const xml = report('Issued', { ...WARRANT, comment: 'x' })
        .replace('</wir-ext:WarrantAugmentation>', `<wir-ext:${name}>2\n</wir-ext:${name}>$&`)
        .replace('</nc:Person>', '<wir-ext:PersonCautionText>G45</wir-ext:PersonCautionText>$&');
      const { records } = await read(xml);
      expect(records[0]!.record.warrant.extradition).toEqual({ limit: '2' });
      expect(records[0]!.record.warrant.person.cautions).toEqual(['G45']);
    },
  );

  it('keeps values it has no field for, with their element path', async () => {
    const xml = report('Issued', WARRANT, {
      extra: '<v:Badge xmlns:v="urn:vendor" v:kind="k">B-07</v:Badge>',
    });
    const { records } = await read(xml);
    expect(records[0]!.record.extra).toContainEqual({
      path: '/wir:WarrantIssuedReport/{urn:vendor}Badge',
      value: 'B-07',
    });
  });

  it('is read from an envelope of many reports of several kinds', async () => {
    const strip = (xml: string) => xml.replace(/^<\?xml[^>]*>\n/, '');
    const drop = `<drop xmlns="urn:court" id="D-1">${strip(report('Issued', WARRANT))}${strip(report('Cancelled', WARRANT))}</drop>`;
    const result = await read(drop);
    expect(result.format.name).toBe('ojbc-warrant-batch');
    expect(result.records.map(({ record }) => record.event)).toEqual(['issued', 'recalled']);
    expect(lost(drop, result)).toEqual([]);
  });
});

const samples = sharedFiles('ojbc-warrant-reporting/xml');
describe.skipIf(samples.length === 0)(
  `The published sample reports${samples.length === 0 ? ' (SKIPPED: no shared samples beside the project)' : ''}`,
  () => {
    it.each(samples.map((file) => [basename(file), file]))(
      '%s: one record, nothing lost',
      async (_name, file) => {
        const xml = readFileSync(file, 'utf8');
        const result = await read(xml);
        expect(result.problems).toEqual([]);
        expect(result.records).toHaveLength(1);
        // The issued reports name two birth places, which is listed and stops nothing.
        expect(result.records[0]!.problems.filter(({ field }) => field !== 'person.birthPlace')).toEqual([]);
        expect(lost(xml, result)).toEqual([]);
      },
    );
  },
);
