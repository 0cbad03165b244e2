import { describe, expect, it } from 'vitest';
import { toOjbcReport } from '../../../src/transmit/package/index.ts';
import { read } from '../../ingest/support/context.ts';
import { ENTER, FACTS, HEADER, PERSON, RECORD, WARRANT } from './samples.ts';

describe('An OJBC report of ours, read by our own court reader', () => {
  it('gives back the warrant it was written from', async () => {
    const { records, problems } = await read(Buffer.from(toOjbcReport(ENTER)).toString('utf8'));
    expect(problems).toEqual([]);
    const { warrant, event } = records[0]!.record;
    expect(event).toBe('issued');
    expect(warrant).toMatchObject({
      number: WARRANT.number,
      oca: WARRANT.oca,
      agencyOri: WARRANT.agencyOri,
      courtOri: WARRANT.courtOri,
      issuedDate: WARRANT.issuedDate,
      bail: { cents: WARRANT.bail?.cents },
      case: WARRANT.case,
      entryCategory: WARRANT.entryCategory,
      origin: { tcn: WARRANT.origin.tcn },
    });
    expect(warrant.person).toMatchObject({
      name: PERSON.name,
      aliases: PERSON.aliases,
      birthDate: PERSON.birthDate,
      sex: PERSON.sex,
      race: PERSON.race,
      heightInches: PERSON.heightInches,
      weightPounds: PERSON.weightPounds,
      smt: PERSON.smt,
      cautions: PERSON.cautions,
    });
    expect(warrant.person.ids).toMatchObject({
      ssn: PERSON.ids.ssn,
      licence: { number: 'A1234567', state: 'CA' },
      fbi: FACTS.disposition.fbi,
      mnu: PERSON.ids.mnu,
    });
    expect(warrant.vehicles[0]).toMatchObject({
      vin: WARRANT.vehicles[0]?.vin,
      plate: '7ABC123',
      plateState: 'CA',
    });
  });

  it('of a cancellation names the record by its number and case number', async () => {
    const cancel = {
      ...HEADER,
      kind: 'cancel',
      record: RECORD,
      reason: 'RECALLED',
      date: '2026-02-01',
    } as const;
    const { records } = await read(Buffer.from(toOjbcReport(cancel)).toString('utf8'));
    expect(records[0]!.record.event).toBe('recalled');
    expect(records[0]!.record.warrant).toMatchObject({ oca: RECORD.oca, repositoryId: RECORD.fcn });
  });

  it('of a modification says which fields were emptied', async () => {
    const after = {
      ...FACTS,
      warrant: { ...WARRANT, bail: { kind: { code: 'NO_BAIL', raw: 'N' } } },
    } as const;
    const modify = { ...HEADER, kind: 'modify', record: RECORD, before: FACTS, facts: after } as const;
    const { records } = await read(Buffer.from(toOjbcReport(modify)).toString('utf8'));
    expect(records[0]!.record.event).toBe('modified');
    expect(records[0]!.record.cleared.join(' ')).toMatch(/bail/);
  });
});
