import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { custodyXml } from '../../../src/ingest/bookings/custody.ts';
import type { BookingFeedRecord, PriorFeedRecord } from '../../../src/ingest/bookings/record.ts';
import { criminalHistoryXml } from '../../../src/ingest/records/criminal-history.ts';
import { headOf } from '../../../src/ingest/sniff.ts';
import { formatTests, parseWhole, TEST_CONTEXT } from '../../support/court-tests.ts';
import { sharedFiles } from '../support/context.ts';

formatTests(custodyXml, 'bookings/custody-xml');
formatTests(criminalHistoryXml, 'records/criminal-history-xml');

const custody = sharedFiles('corpus/ojbc-custody');
const histories = sharedFiles('corpus/ojbc-criminal-history');
const note = (files: readonly string[]) =>
  files.length > 0 ? '' : ' (skipped: no samples beside the checkout)';

/** The text of the first element of a local name below a record, as the sample has it. */
function textIn(xml: string, pattern: RegExp): string | undefined {
  return pattern.exec(xml)?.[1]?.trim();
}

test.skipIf(custody.length === 0)(
  `every custody sample gives its booking with all identifiers${note(custody)}`,
  async () => {
    for (const file of custody) {
      const bytes = readFileSync(file);
      const xml = bytes.toString('utf8');
      expect(custodyXml.sniff(headOf(bytes))).toBe('certain');
      const { records, problems } = await parseWhole(custodyXml, bytes, TEST_CONTEXT);
      expect(problems).toEqual([]);
      expect(records.length).toBe(1);
      expect(records[0]!.problems.filter((p) => p.severity === 'error')).toEqual([]);
      const { booking } = records[0]!.record as BookingFeedRecord;
      expect(booking.number).toBe(textIn(xml, /BookingAgencyRecordIdentification>\s*<[^>]*>([^<]*)/));
      expect(booking.person.ids.cii).toBe(
        textIn(xml, /PersonStateFingerprintIdentification>\s*<[^>]*>([^<]*)/),
      );
      expect(booking.person.ids.fbi).toBe(textIn(xml, /PersonFBIIdentification>\s*<[^>]*>([^<]*)/));
      expect(booking.charges.length).toBe(xml.match(/<jxdm51:Charge s30:id/g)?.length);
      expect(booking.person.aliases.length).toBe(xml.match(/<nc30:Identity s30:id/g)?.length);
    }
  },
);

test.skipIf(histories.length === 0)(
  `every criminal-history sample gives its record${note(histories)}`,
  async () => {
    for (const file of histories) {
      const bytes = readFileSync(file);
      const xml = bytes.toString('utf8');
      const { records, problems } = await parseWhole(criminalHistoryXml, bytes, TEST_CONTEXT);
      expect(problems).toEqual([]);
      const { prior } = records[0]!.record as PriorFeedRecord;
      expect(prior.cii).toBe(textIn(xml, /PersonStateFingerprintIdentification>\s*<[^>]*>([^<]*)/));
      expect(prior.fbi).toBe(textIn(xml, /PersonFBIIdentification>\s*<[^>]*>([^<]*)/));
      expect(prior.person.name.surname).toBeTruthy();
    }
  },
);

describe('a booking of several arrests', () => {
  const folder = new URL('../../../fixtures/bookings/custody-xml/', import.meta.url).pathname;
  const text = readFileSync(`${folder}report.xml`, 'utf8');
  const dated = (date: string) =>
    text.replace('<j:Arrest s:id="A2">', `$&<nc:ActivityDate><nc:Date>${date}</nc:Date></nc:ActivityDate>`);

  test.each([
    ['2026-06-03', '2026-06-02', []],
    ['2026-05-30', '2026-05-30', []],
    ['2026-06-02', '2026-06-02', []],
    ['2026-06-31', '2026-06-02', ['arrestDate']],
  ])('with the second on %s is dated %s and keeps both dates', async (second, date, wrong) => {
    const { records } = await parseWhole(custodyXml, Buffer.from(dated(second)), TEST_CONTEXT);
    const { booking, extra } = records[0]!.record as BookingFeedRecord;
    expect(booking.arrestDate).toBe(date);
    const kept = [date, ...extra.map(({ value }) => value)].filter((value) =>
      /^2026-0[56]-\d\d$/.test(value),
    );
    expect(kept.sort()).toEqual(['2026-06-02', second].sort());
    expect(records[0]!.problems.map(({ field }) => field)).toEqual(wrong);
  });
});

describe('prints inside NIEM records', () => {
  test('are taken with finger and impression; the portrait is not', async () => {
    const image =
      '<j:PersonFingerprintImage xmlns:j="http://release.niem.gov/niem/domains/jxdm/5.1/" xmlns:b="urn:b"><nc:Base64BinaryObject>AAEC</nc:Base64BinaryObject><b:FingerPositionCode>6</b:FingerPositionCode><b:FingerprintImageImpressionCaptureCategoryCode>1</b:FingerprintImageImpressionCaptureCategoryCode></j:PersonFingerprintImage>';
    const folder = new URL('../../../fixtures/bookings/custody-xml/', import.meta.url).pathname;
    const xml = readFileSync(`${folder}two.xml`, 'utf8').replace(
      '<j:PersonRaceCode>',
      `${image}<j:PersonRaceCode>`,
    );
    const { records } = await parseWhole(custodyXml, Buffer.from(xml), TEST_CONTEXT);
    expect(records[0]!.record).toMatchObject({
      prints: [{ origin: { bytes: { base64: 'AAEC' } }, purpose: 'booking', finger: 6, impression: 1 }],
    });
  });

  test('a rap sheet never takes the person asked for as the person known', async () => {
    const folder = new URL('../../../fixtures/records/criminal-history-xml/', import.meta.url).pathname;
    const { records } = await parseWhole(criminalHistoryXml, readFileSync(`${folder}one.xml`), TEST_CONTEXT);
    expect((records[0]!.record as PriorFeedRecord).prior).toMatchObject({
      number: 'A0186353',
      fbi: '00223276S',
      person: { name: { surname: 'Brandt' } },
    });
    expect(records[1]!.problems).toMatchObject([{ code: 'FIELD-MISSING', severity: 'error' }]);
  });
});
