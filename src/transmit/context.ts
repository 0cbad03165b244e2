import type { Clock } from '../clock.ts';
import type { Problem, Warrant } from '../domain/index.ts';
import type { Store } from '../store/index.ts';
import type { PrintAttachment, RecordFacts, WarrantMessage } from './package/model.ts';
import type { ProfileReading, SentMessage } from './package/profile.ts';
import type { Rate } from './throttle.ts';
import type { Transport } from './transports/transport.ts';

/** Turns messages into bytes; one per profile (niem-6 by default). Pure. */
export interface Packager {
  readonly contentType: string;
  /** The field edits: everything the destination would reject, in a clerk's words. */
  check(message: WarrantMessage): readonly Problem[];
  build(message: WarrantMessage): Uint8Array;
  /** The schema of the profile. */
  validate(bytes: Uint8Array): readonly Problem[];
  /** NAM as this profile writes it. */
  nameOf(warrant: Warrant): string | undefined;
  /** Reads an answer in the format's own form, where it has one. */
  read?(bytes: Uint8Array, sent: SentMessage): ProfileReading;
}

/** What sending needs from outside the stage; wired by the run. */
export interface TransmitPorts {
  /** The ANSI/NIST file of a warrant's print, or undefined when there is none to attach. */
  attachPrint(warrantId: string): Promise<PrintAttachment | undefined>;
  /** The county's orders applied to a warrant before it is told, e.g. its extradition limit by level. */
  prepare?(warrant: Warrant): Warrant;
  /** People shown not to be the one wanted; they stay on the record. */
  exonerations?(warrantId: string): Promise<RecordFacts['exonerations']>;
  /** Raises an alert once per key. */
  alert?(key: string, severity: 'amber' | 'red', message: string): Promise<void>;
  progress?(progress: TransmitProgress): void;
}

export interface TransmitProgress {
  readonly built: number;
  readonly sent: number;
  readonly settled: number;
}

/** Numbers of sending that an installation may set. */
export interface TransmitPolicy {
  readonly concurrency: number;
  readonly rate: Rate;
  readonly patienceMs: number;
  /** Minutes within which a hit request must be answered, by priority. */
  readonly hitMinutes: Readonly<Record<'U' | 'R', number>>;
  /** Days until a record must be validated. */
  readonly validateDays: number;
}

export interface TransmitRun {
  readonly store: Store;
  readonly transport: Transport;
  readonly packager: Packager;
  readonly ports: TransmitPorts;
  /** Name of the destination, e.g. `ca-wps`. */
  readonly destination: string;
  /** Who acts, for the audit trail. */
  readonly actor: string;
  /** This worker, unique among all workers and over restarts. */
  readonly owner: string;
  readonly runId?: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Zone of the courts: message dates are local dates. */
  readonly zone: string;
  readonly policy?: Partial<TransmitPolicy>;
  /** Whether the process of another worker is known to be gone: what it left need not wait for its lease to end. */
  readonly isDead?: (owner: string) => boolean;
  /** Only recalls and clearances: the same-hour path. */
  readonly onlyRecalls?: boolean;
  /** Awaited between rounds, when nothing is on the wire: urgent work of others. */
  readonly between?: () => Promise<void>;
  /** Set to stop after what is on the wire has been answered. */
  readonly signal?: AbortSignal;
}

/** What a run of the stage came to. */
export interface TransmitCounts {
  /** Messages built in this run. */
  built: number;
  /** Warrants refused before the wire, by the field edits or the schema. */
  refused: number;
  /** Warrants packed into another warrant's record of the same person. */
  packed: number;
  /** Verified warrants whose record already says what they say. */
  unchanged: number;
  sent: number;
  accepted: number;
  rejected: number;
  onFile: number;
  queued: number;
  unsure: number;
  resolved: number;
  withdrawn: number;
  dead: number;
  /** Left for the next run: built, queued or unsure. */
  open: number;
}

export function noCounts(): TransmitCounts {
  return {
    built: 0,
    refused: 0,
    packed: 0,
    unchanged: 0,
    sent: 0,
    accepted: 0,
    rejected: 0,
    onFile: 0,
    queued: 0,
    unsure: 0,
    resolved: 0,
    withdrawn: 0,
    dead: 0,
    open: 0,
  };
}
