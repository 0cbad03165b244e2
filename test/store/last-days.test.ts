import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { lastDays } from '../../src/store/migrations/012-last-days.ts';

it('Warrants that were taken in before have their last day noted by the update', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-last-days-'));
  const db = openDatabase(`sqlite:${join(folder, 'old.sqlite')}`);
  await db.schema.createTable('warrants', (t) => {
    for (const column of ['id', 'state', 'facts']) t.text(column);
  });
  await db('warrants').insert({ id: 'a', state: 'entered', facts: '{"expirationDate":"2026-06-30"}' });
  await db('warrants').insert({ id: 'b', state: 'entered', facts: '{"issuedDate":"2026-01-01"}' });
  await db.transaction((trx) => lastDays.up(trx));
  expect(await db('warrants').orderBy('id').pluck('expiration_date')).toEqual(['2026-06-30', null]);
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});
