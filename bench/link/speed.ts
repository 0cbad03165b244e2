import { createLinker, defaultModel, type LinkRecord, type LinkWarrant } from '../../src/match/link/index.ts';
import { drawLinkageCounty } from '../../src/synth/linkage/index.ts';

/** Bookings in each county measured, and the night's warrants; the last is the largest county there is. */
const SIZES = [
  { bookings: 10_000, warrants: 2_000 },
  { bookings: 100_000, warrants: 20_000 },
  { bookings: 1_000_000, warrants: 20_000 },
] as const;
/** Bookings of one person, on average, in the synthetic county. */
const BOOKINGS_A_PERSON = 1.55;

interface Measured {
  readonly bookings: number;
  readonly warrants: number;
  readonly indexSeconds: number;
  readonly linkSeconds: number;
  readonly pairs: number;
  readonly megabytes: number;
}

/** Bookings as they are drawn, with the warrants put aside; memory does not hold the county. */
function* bookingsOf(size: (typeof SIZES)[number], warrants: LinkWarrant[]): Generator<LinkRecord> {
  const people = Math.round(size.bookings / BOOKINGS_A_PERSON);
  const warrantShare = Math.min(1, (size.warrants * 1.05) / people);
  for (const files of drawLinkageCounty({ seed: 'speed', people, warrantShare })) {
    yield* files.bookings;
    for (const { warrant } of files.warrants) if (warrants.length < size.warrants) warrants.push(warrant);
  }
}

const seconds = (since: number): number => (performance.now() - since) / 1000;

async function measure(size: (typeof SIZES)[number]): Promise<Measured> {
  const warrants: LinkWarrant[] = [];
  const linker = createLinker(defaultModel());
  let started = performance.now();
  await linker.index(bookingsOf(size, warrants));
  const indexSeconds = seconds(started);
  started = performance.now();
  for (const warrant of warrants) linker.link(warrant);
  return {
    bookings: linker.size,
    warrants: warrants.length,
    indexSeconds,
    linkSeconds: seconds(started),
    pairs: linker.compared,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

function line(m: Measured): string {
  const total = m.indexSeconds + m.linkSeconds;
  return [
    `${m.bookings.toLocaleString('en-US')} bookings x ${m.warrants.toLocaleString('en-US')} warrants:`,
    `drawn and indexed in ${m.indexSeconds.toFixed(1)} s, linked in ${m.linkSeconds.toFixed(1)} s (${total.toFixed(1)} s in all),`,
    `${Math.round(m.pairs / m.warrants)} candidates a warrant,`,
    `${Math.round(m.pairs / m.linkSeconds).toLocaleString('en-US')} pairs a second,`,
    `peak memory ${m.megabytes.toFixed(0)} MB`,
  ].join(' ');
}

/**
 * Speed of linking on one core: `npm run bench -- link [--quick | --million]`. `--quick` leaves out the million,
 * `--million` measures nothing else. Times hold the drawing of the county too.
 */
export async function main(args: readonly string[]): Promise<void> {
  const sizes = args.includes('--quick')
    ? SIZES.slice(0, 2)
    : args.includes('--million')
      ? SIZES.slice(2)
      : SIZES;
  for (const size of sizes) console.log(line(await measure(size)));
}
