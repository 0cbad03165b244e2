import { checkEdits, DEFAULT_RULES } from '../../src/transmit/edits.ts';
import {
  type EnterMessage,
  NIEM_6,
  NIEM_6_JSON,
  ncicText,
  OJBC_3,
  type Profile,
} from '../../src/transmit/package/index.ts';
import { ENTER, FACTS, printOf } from '../../test/transmit/package/samples.ts';

/**
 * Packages checked, built and validated per second on one core, by profile, each with a print of 25 KB where the
 * profile carries one. Wall clock and processor time: on a busy machine only the second is the program's.
 * Argument: packages per profile.
 */
const COUNT = Number(process.argv[2] ?? 2000);
const PRINT_BYTES = 25 * 1024;
const PROFILES: readonly Profile[] = [NIEM_6, NIEM_6_JSON, OJBC_3, ncicText('CA0000000')];

const messages: readonly EnterMessage[] = Array.from({ length: 50 }, (_, i) => ({
  ...ENTER,
  messageId: `bench-${i}`,
  facts: { ...FACTS, print: printOf(PRINT_BYTES, i + 1) },
}));

interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

function timed(work: (message: EnterMessage) => void, count: number): Spent {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  for (let i = 0; i < count; i++) work(messages[i % messages.length]!);
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - wall) / count, cpu: (user + system) / 1000 / count };
}

const rate = (milliseconds: number) => String(Math.round(1000 / milliseconds)).padStart(7);

function report(name: string, work: (message: EnterMessage) => void): void {
  timed(work, Math.min(COUNT, 300));
  const { wall, cpu } = timed(work, COUNT);
  console.log(`${name.padEnd(34)}${rate(wall)}/s wall ${rate(cpu)}/s of processor  ${cpu.toFixed(3)} ms`);
}

report('field edits', (message) => void checkEdits(message, DEFAULT_RULES, '2026-01-15'));
for (const profile of PROFILES) {
  report(`${profile.name}: build`, (message) => void profile.build(message));
  report(`${profile.name}: edits, build, validate`, (message) => {
    checkEdits(message, DEFAULT_RULES, '2026-01-15');
    const problems = profile.validate(profile.build(message));
    if (problems.length > 0) throw new Error(problems[0]?.message);
  });
}
