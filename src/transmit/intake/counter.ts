import type { Knex } from 'knex';
import { type Clock, isoInstant, localDate } from '../../clock.ts';
import type { AnswerBody, Rejection } from '../answer-model.ts';
import { type DeskTime, decide } from './desk.ts';
import type { ReceivedMessage } from './message.ts';
import { MAX_BATCH, QUEUE_MS } from './parameters.ts';
import { type MessageRow, Register } from './register.ts';
import { speak, subjectOf } from './speak.ts';

/** A message at the counter, read and checked against the schema, with what was wrong with it. */
export interface Received {
  readonly messageId: string;
  readonly sha256: string;
  readonly message?: ReceivedMessage;
  readonly problems: readonly Rejection[];
  /** Take it into the queue instead of deciding now. */
  readonly queue?: boolean;
}

type Work<T> = (register: Register, time: DeskTime) => Promise<T>;
interface Job {
  readonly work: Work<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The one place where the intake's register changes. Everything that arrives while a transaction runs shares the
 * next one, so many messages share one fsync and yet none is answered before it is durable. Questions pass
 * through the same line: an answer about a message is never older than a message that came before the question.
 */
export class Counter {
  readonly #db: Knex;
  readonly #clock: Clock;
  readonly #zone: string;
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;

  constructor(db: Knex, clock: Clock, zone: string) {
    this.#db = db;
    this.#clock = clock;
    this.#zone = zone;
  }

  /** Runs work on the register in the next shared transaction. */
  run<T>(work: Work<T>): Promise<T> {
    const promise = new Promise<unknown>((done, failed) => {
      this.#waiting.push({ work, done, failed });
    });
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
    return promise as Promise<T>;
  }

  /** Waits until nothing is at work. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #time(): DeskTime {
    const now = this.#clock.now();
    return { at: isoInstant(now), today: localDate(now, this.#zone).replaceAll('-', '') };
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets everything that has already arrived join.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting.splice(0, MAX_BATCH);
      await this.#together(jobs);
    }
  }

  async #together(jobs: readonly Job[]): Promise<void> {
    try {
      const results = await this.#db.transaction(async (trx) => {
        const register = new Register(trx);
        const time = this.#time();
        const values: unknown[] = [];
        for (const job of jobs) values.push(await job.work(register, time));
        return values;
      });
      jobs.forEach((job, i) => {
        job.done(results[i]);
      });
    } catch (error) {
      await this.#apart(jobs, error);
    }
  }

  /** A batch that failed is run one by one, so that one bad message fails alone. */
  async #apart(jobs: readonly Job[], error: unknown): Promise<void> {
    if (jobs.length === 1) {
      jobs[0]?.failed(error);
      return;
    }
    for (const job of jobs) await this.#together([job]);
  }

  /** The answer to a message as XML: the first answer again if it came before. */
  post(received: Received): Promise<string> {
    return this.run(async (register, time) => {
      const known = await register.message(received.messageId);
      if (known) return again(register, known, received, time);
      return first(register, received, time);
    });
  }

  /** What became of a message id. */
  status(messageId: string): Promise<string> {
    return this.run(async (register, time) => about(await register.message(messageId), messageId, time));
  }

  /** What became of a message id; and if nothing came under it, nothing will be taken under it any more. */
  close(messageId: string): Promise<string> {
    return this.run(async (register, time) => {
      const known = await register.message(messageId);
      if (!known) {
        await register.putMessage({ message_id: messageId, state: 'closed', received_at: time.at });
      }
      return about(await register.message(messageId), messageId, time);
    });
  }

  /** Decides the queued messages whose time has come; each sender finds the answer by asking or in its notices. */
  release(): Promise<number> {
    return this.run(async (register, time) => {
      const rows = await register.dueQueued(time.at);
      for (const row of rows) await releaseOne(register, row, time);
      return rows.length;
    });
  }
}

const QUEUED: AnswerBody = { kind: 'queued', retryAfterSeconds: 1 };

/** The message a queue row holds, understood and checked. */
function heldIn(row: MessageRow): ReceivedMessage {
  return JSON.parse(row.held ?? '{}') as ReceivedMessage;
}

function rejected(code: string, text: string): AnswerBody {
  return { kind: 'rejected', codes: [{ code, text, retryable: false }] };
}

function write(
  messageId: string,
  sha256: string | null,
  time: DeskTime,
  body: AnswerBody,
  message?: ReceivedMessage,
): string {
  const own = message?.format ? { format: message.format, subject: subjectOf(message) } : {};
  return speak({ messageId, ...(sha256 ? { sha256 } : {}), ...own }, time.at, body);
}

async function again(
  register: Register,
  row: MessageRow,
  received: Received,
  time: DeskTime,
): Promise<string> {
  await register.countAgain(row.message_id);
  if (row.state === 'closed') {
    return write(
      row.message_id,
      received.sha256,
      time,
      rejected('CLOSED', 'The sender closed this message id'),
    );
  }
  if (row.sha256 !== received.sha256) {
    return write(
      row.message_id,
      row.sha256,
      time,
      rejected('ID-REUSED', 'Other bytes came under this id before'),
    );
  }
  return about(row, row.message_id, time);
}

async function first(register: Register, received: Received, time: DeskTime): Promise<string> {
  const row = {
    message_id: received.messageId,
    sha256: received.sha256,
    kind: received.message?.kind ?? null,
    received_at: time.at,
  };
  if (received.queue && received.message && received.problems.length === 0) {
    const release = new Date(Date.parse(time.at) + QUEUE_MS).toISOString();
    const held = JSON.stringify(received.message);
    await register.putMessage({ ...row, state: 'queued', held, release_at: release });
    return write(row.message_id, row.sha256, time, QUEUED, received.message);
  }
  const body: AnswerBody =
    received.message && received.problems.length === 0
      ? await decide(register, received.message, time)
      : { kind: 'rejected', codes: received.problems };
  const answer = write(row.message_id, row.sha256, time, body, received.message);
  await register.putMessage({ ...row, state: 'answered', answer });
  return answer;
}

function about(row: MessageRow | undefined, messageId: string, time: DeskTime): string {
  if (!row || row.state === 'closed') {
    return write(messageId, null, time, { kind: 'not-received', closed: row?.state === 'closed' });
  }
  if (row.state === 'queued') {
    return write(messageId, row.sha256, time, QUEUED, heldIn(row));
  }
  return row.answer ?? '';
}

async function releaseOne(register: Register, row: MessageRow, time: DeskTime): Promise<void> {
  const message = heldIn(row);
  const answer = write(row.message_id, row.sha256, time, await decide(register, message, time), message);
  await register.answerHeld(row.message_id, answer);
  await register.notice({ kind: 'answer', message_id: row.message_id, at: time.at, body: { answer } });
}
