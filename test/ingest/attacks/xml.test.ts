import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { courtFormat } from '../../../src/ingest/courts/index.ts';
import { read, readAs } from '../support/context.ts';
import { report } from '../support/documents.ts';
import { ATTACKS } from './documents.ts';

const SECONDS = 2;
/** Heap allowed to one attack; the limit of the worker, in which memory beyond it is fatal. */
const HEAP_MB = 256;

interface Answer {
  readonly name: string;
  readonly codes: string[];
  readonly records: number;
  readonly ms: number;
}

/** Reads all attacks in one worker of limited heap: a bomb that goes off kills the worker, and is named. */
function defuseAll(): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./reader.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.on('message', (answer: Answer) => answers.set(answer.name, answer));
    worker.once('exit', () => resolve(answers));
    worker.once('error', (error) => {
      const next = ATTACKS.find(([name]) => !answers.has(name))?.[0];
      reject(new Error(`"${next}" killed the reader: ${String(error)}`));
    });
  });
}

describe('An XML attack is refused within two seconds and 256 MB', () => {
  let answers: Map<string, Answer>;
  beforeAll(async () => {
    answers = await defuseAll();
  });

  it.each(ATTACKS.map(([name]) => name))('%s', (name) => {
    const { codes, records, ms } = answers.get(name)!;
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(code).toMatch(/^SRC-(UNREADABLE|DOCTYPE|LIMIT|ENCODING)$/);
    expect(records).toBe(0);
    expect(ms).toBeLessThan(SECONDS * 1000);
  });

  it('names the line of the fault', async () => {
    const xml = report('Issued', { oca: '1', person: { id: 'P', given: 'A', surname: 'B' } });
    const result = await readAs(courtFormat('ojbc-warrant-issued')!, [
      Buffer.from(xml.replace('</nc:Person>', '')),
    ]);
    expect(result.problems).toMatchObject([{ code: 'SRC-UNREADABLE', line: xml.split('\n').length }]);
    expect(result.problems[0]!.message).toContain('not well-formed');
  });

  it('but what only looks like one is read: escaped markup, a thousand entities, UTF-16 with its mark', async () => {
    const comment = '<!DOCTYPE x> & '.repeat(300).trim();
    const xml = report('Issued', { oca: '1', comment, person: { id: 'P', given: 'A', surname: 'Nuñez' } });
    for (const bytes of [
      Buffer.from(xml),
      Buffer.from(`\uFEFF${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
      Buffer.from(xml.replace('UTF-8', 'windows-1252'), 'latin1'),
    ]) {
      const { records } = await read(bytes);
      expect(records[0]!.record.warrant.notes[0]!.text).toBe(comment);
      expect(records[0]!.record.warrant.person.name.surname).toBe('Nuñez');
    }
  });
});
