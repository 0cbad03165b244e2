import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { ACTIVE_LIST, DROP, NOTICE_LIST } from '../transports/drop-store.ts';
import type { Counter } from './counter.ts';
import { activeRecords, noticesAfter } from './lists.ts';
import type { MessageReader } from './read-message.ts';
import { keepResponse } from './unsolicited.ts';

const FILE = /^([A-Za-z0-9._:-]{1,100})\.(?:xml|json|txt)$/;

/** Answers to notices that have been taken lie beside the messages under this. */
const RESPONSE = 'response-';

/**
 * The destination's side of a drop folder: takes messages up, answers each with an acknowledgement file, publishes
 * the list of active records and the notices. A crash between taking and acknowledging is made good on the next
 * pass: the message is put to the counter again, which answers as it did the first time.
 */
export class DropDesk {
  readonly #root: string;
  readonly #counter: Counter;
  readonly #db: Knex;
  readonly #read: MessageReader;

  constructor(parts: { root: string; counter: Counter; db: Knex; read: MessageReader }) {
    this.#root = parts.root;
    this.#counter = parts.counter;
    this.#db = parts.db;
    this.#read = parts.read;
    for (const folder of Object.values(DROP)) mkdirSync(join(this.#root, folder), { recursive: true });
  }

  #names(folder: string): string[] {
    return readdirSync(join(this.#root, folder))
      .filter((name) => FILE.test(name) && !name.startsWith(RESPONSE))
      .sort();
  }

  #write(path: string, text: string): void {
    const whole = join(this.#root, path);
    writeFileSync(`${whole}.tmp`, text);
    renameSync(`${whole}.tmp`, whole);
  }

  async #acknowledge(name: string): Promise<void> {
    const id = FILE.exec(name)?.[1] ?? '';
    if (existsSync(join(this.#root, DROP.withdrawn, name))) await this.#counter.close(id);
    const bytes = readFileSync(join(this.#root, DROP.taken, name));
    const { message, problems } = this.#read(bytes, id);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const agreed =
      message?.messageId === id
        ? problems
        : [
            ...problems,
            {
              code: 'MESSAGE-ID',
              text: 'The file name and the message disagree on the id',
              retryable: false,
            },
          ];
    const usable = message && agreed.length === 0 ? { message } : {};
    const answer = await this.#counter.post({ messageId: id, sha256, problems: agreed, ...usable });
    this.#write(`${DROP.ack}/${name}`, answer);
  }

  /** One pass over the drop. Returns how many messages were acknowledged. */
  async pass(): Promise<number> {
    for (const name of this.#names(DROP.in)) {
      renameSync(join(this.#root, DROP.in, name), join(this.#root, DROP.taken, name));
    }
    const acknowledged = new Set(this.#names(DROP.ack));
    const open = this.#names(DROP.taken).filter((name) => !acknowledged.has(name));
    for (const name of open) await this.#acknowledge(name);
    await this.#takeResponses();
    await this.publish();
    return open.length;
  }

  async #takeResponses(): Promise<void> {
    for (const name of readdirSync(join(this.#root, DROP.responses)).sort()) {
      const seq = /^(\d+)-\d+\.txt$/.exec(name)?.[1];
      if (!seq) continue;
      const path = join(this.#root, DROP.responses, name);
      await keepResponse(this.#counter, Number(seq), readFileSync(path, 'latin1'));
      renameSync(path, join(this.#root, DROP.taken, `${RESPONSE}${name}`));
    }
  }

  /** Publishes the lists anew. */
  async publish(): Promise<void> {
    const list: string[] = [];
    for await (const lines of activeRecords(this.#db)) list.push(lines);
    this.#write(ACTIVE_LIST, list.join(''));
    const { notices } = await noticesAfter(this.#db, 0);
    this.#write(NOTICE_LIST, notices.map((notice) => `${JSON.stringify(notice)}\n`).join(''));
  }
}
