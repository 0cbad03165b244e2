import { createHash } from 'node:crypto';
import { errorText } from '../../errors.ts';
import type { AnswerBody } from '../answer-model.ts';
import { writeAnswer } from '../answer-xml.ts';
import { ACTIVE_LIST, DROP, type DropStore, type DropSuffix, NOTICE_LIST } from './drop-store.ts';
import { readList } from './list.ts';
import type { Attempt, ListedRecord, Notice, Outgoing, Transport } from './transport.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function* linesOf(bytes: Uint8Array | undefined): AsyncGenerator<string> {
  const text = Buffer.from(bytes ?? []).toString('utf8');
  for (const line of text.split('\n')) yield line;
}

/**
 * The destination over a drop folder: a message is a file under its id, its answer an acknowledgement file under
 * the same id. A message that lies in the drop, or that the destination has taken up without an acknowledgement
 * yet, is queued: putting it there again does nothing.
 */
export class DropTransport implements Transport {
  readonly #store: DropStore;
  readonly #now: () => string;
  readonly #suffix: DropSuffix;

  /** @param suffix how files are named after their format */
  constructor(store: DropStore, now: () => string, suffix: DropSuffix = '.xml') {
    this.#store = store;
    this.#now = now;
    this.#suffix = suffix;
  }

  #file(folder: string, messageId: string): string {
    return `${folder}/${messageId}${this.#suffix}`;
  }

  /** What the drop itself says, in the form of an answer. */
  #say(messageId: string, body: AnswerBody, bytes?: Uint8Array): Attempt {
    const received = bytes ? { receivedSha256: sha256(bytes) } : {};
    const text = writeAnswer({ messageId, at: this.#now(), body, ...received });
    return { kind: 'answered', status: 200, bytes: Buffer.from(text, 'utf8') };
  }

  /** Looked for in the order a message moves, so that one that moves meanwhile is not missed. */
  async #find(messageId: string): Promise<Attempt | undefined> {
    const lying = await this.#store.get(this.#file(DROP.in, messageId));
    const taken = lying ?? (await this.#store.get(this.#file(DROP.taken, messageId)));
    const answer = lying ? undefined : await this.#store.get(this.#file(DROP.ack, messageId));
    if (answer) return { kind: 'answered', status: 200, bytes: answer };
    return taken ? this.#say(messageId, { kind: 'queued' }, taken) : undefined;
  }

  async send(message: Outgoing): Promise<Attempt> {
    const { messageId, bytes } = message;
    try {
      const found = await this.#find(messageId);
      if (found) return found;
    } catch (error) {
      return { kind: 'not-sent', why: errorText(error).slice(0, 200) };
    }
    try {
      await this.#store.put(this.#file(DROP.in, messageId), bytes);
      return this.#say(messageId, { kind: 'queued' }, bytes);
    } catch (error) {
      return { kind: 'unsure', why: errorText(error).slice(0, 200) };
    }
  }

  async ask(messageId: string): Promise<Attempt> {
    try {
      const found = await this.#find(messageId);
      if (found) return found;
      const closed = (await this.#store.get(this.#file(DROP.withdrawn, messageId))) !== undefined;
      return this.#say(messageId, { kind: 'not-received', closed });
    } catch (error) {
      return { kind: 'unsure', why: errorText(error).slice(0, 200) };
    }
  }

  /** Takes a message out of the drop before the destination does, or marks its id so that it will not be taken. */
  async close(messageId: string): Promise<Attempt> {
    const withdrawn = this.#file(DROP.withdrawn, messageId);
    try {
      if (await this.#store.move(this.#file(DROP.in, messageId), withdrawn)) {
        return this.#say(messageId, { kind: 'not-received', closed: true });
      }
      await this.#store.put(withdrawn, new Uint8Array(0));
    } catch (error) {
      return { kind: 'unsure', why: errorText(error).slice(0, 200) };
    }
    return this.ask(messageId);
  }

  async notices(after: number): Promise<readonly Notice[] | undefined> {
    try {
      const found: Notice[] = [];
      for await (const line of linesOf(await this.#store.get(NOTICE_LIST))) {
        if (line === '') continue;
        const notice = JSON.parse(line) as Notice;
        if (notice.seq > after) found.push(notice);
      }
      return found;
    } catch {
      return undefined;
    }
  }

  async respond(seq: number, bytes: Uint8Array): Promise<Attempt> {
    try {
      // By the hour as well: a later answer to the same notice must not be taken for one that lies there.
      const when = this.#now().replaceAll(/\D/g, '');
      await this.#store.put(`${DROP.responses}/${seq}-${when}.txt`, bytes);
      return { kind: 'answered', status: 200, bytes };
    } catch (error) {
      return { kind: 'unsure', why: errorText(error).slice(0, 200) };
    }
  }

  async *activeRecords(ori?: string): AsyncGenerator<ListedRecord> {
    for await (const record of readList(linesOf(await this.#store.get(ACTIVE_LIST)))) {
      if (ori === undefined || record.ori === ori) yield record;
    }
  }

  shut(): Promise<void> {
    return this.#store.close();
  }
}
