import { Temporal } from 'temporal-polyfill';
import type { ArrivedFile } from '../../store/index.ts';
import { currentWindow, type Expectation } from './calendar.ts';

export type ArrivalFault = 'late' | 'missing' | 'empty' | 'far-fewer' | 'far-more';
export const ARRIVAL_FAULTS: readonly ArrivalFault[] = ['late', 'missing', 'empty', 'far-fewer', 'far-more'];

export interface Finding {
  readonly fault: ArrivalFault;
  /** The date the file stands for, ISO. */
  readonly date: string;
  readonly message: string;
}

/** Nights looked at to know what is usual, and the fewest that say anything. */
export const USUAL_NIGHTS = 20;
const USUAL_LEAST = 5;

/** Records of each earlier window of the calendar, newest first; what is usual is their median. */
export function usualRecords(counts: readonly number[]): number | undefined {
  if (counts.length < USUAL_LEAST) return undefined;
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function isEmpty(files: readonly ArrivedFile[]): boolean {
  return files.every(
    (file) =>
      file.records === 0 && (file.state !== 'refused' || file.problems.some((p) => p.code === 'SRC-EMPTY')),
  );
}

function odd(expectation: Expectation, date: string, records: number, usual: number | undefined): Finding[] {
  if (usual === undefined || usual === 0) return [];
  const { source, fewShare, manyTimes } = expectation;
  if (records < usual * fewShare) {
    const message = `${source} sent ${records} records for ${date}, usual are ${usual}: far fewer. Ask the court whether its extract was whole.`;
    return [{ fault: 'far-fewer', date, message }];
  }
  if (records > usual * manyTimes) {
    const message = `${source} sent ${records} records for ${date}, usual are ${usual}: far more. Ask the court what happened before they go out.`;
    return [{ fault: 'far-more', date, message }];
  }
  return [];
}

function absent(expectation: Expectation, date: string, minutes: number): Finding[] {
  const { source, by, lateAfter, missingAfter } = expectation;
  if (minutes < lateAfter) return [];
  if (minutes < missingAfter) {
    return [
      { fault: 'late', date, message: `The file of ${source} for ${date} was due at ${by} and is late.` },
    ];
  }
  const message = `The file of ${source} for ${date} was due at ${by} and has not come. Ask the court; warrants and recalls of that day are not known here.`;
  return [{ fault: 'missing', date, message }];
}

/**
 * What is wrong with a source's arrivals right now. Pure: the same files and the same time give the same answer.
 * @param files of the source since the window opened, see `arrivedSince`
 * @param earlier records of each earlier window, newest first
 */
export function judgeArrivals(
  expectation: Expectation,
  files: readonly ArrivedFile[],
  earlier: readonly number[],
  now: Date,
): Finding[] {
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const window = currentWindow(expectation, instant);
  if (!window) return [];
  const opens = window.opens.toString({ smallestUnit: 'millisecond' });
  const here = files.filter((file) => file.receivedAt >= opens);
  const { date } = window;
  if (here.length === 0) {
    return absent(expectation, date, instant.since(window.due).total('minutes'));
  }
  if (isEmpty(here)) {
    if (expectation.emptyIsNormal) return [];
    return [
      {
        fault: 'empty',
        date,
        message: `The file of ${expectation.source} for ${date} came without a single record. Ask the court whether there was nothing to send.`,
      },
    ];
  }
  const records = here.reduce((sum, file) => sum + file.records, 0);
  return odd(expectation, date, records, usualRecords(earlier));
}
