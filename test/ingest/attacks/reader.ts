import { parentPort } from 'node:worker_threads';
import { courtFormat } from '../../../src/ingest/courts/index.ts';
import { readAs } from '../support/context.ts';
import { ATTACKS } from './documents.ts';

const format = courtFormat('ojbc-warrant-issued')!;
for (const [name, draw] of ATTACKS) {
  const bytes = draw();
  // The thread's own time: what else the machine does meanwhile is not the attack's.
  const started = process.threadCpuUsage();
  const { problems, records } = await readAs(format, [bytes]);
  const codes = problems.map((problem) => problem.code);
  const { user, system } = process.threadCpuUsage(started);
  const ms = (user + system) / 1000;
  parentPort!.postMessage({ name, codes, records: records.length, ms });
}
