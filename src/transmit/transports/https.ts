import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { BenchlinkError, errorText } from '../../errors.ts';
import { CONNECT_TIMEOUT_MS, MAX_ANSWER_BYTES, MAX_CONNECTIONS, RESPONSE_TIMEOUT_MS } from '../parameters.ts';
import { readList } from './list.ts';
import type { Attempt, ListedRecord, Notice, Outgoing, Transport } from './transport.ts';

export interface HttpsOptions {
  /** Base address, `https://host:port`. */
  readonly url: string;
  /** PEM: the authority we trust, and our own certificate and key. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly connectTimeoutMs?: number;
  /** From the request to the whole answer. */
  readonly responseTimeoutMs?: number;
  readonly connections?: number;
}

/** The codes and words of an error and its causes, for a stored reason; never a body. */
function reasonOf(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${errorText(error)}`.slice(0, 200);
}

/** A body that tells when undici begins to take it: until then nothing of the request has left. */
class WatchedBody extends Readable {
  begun = false;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super({ highWaterMark: bytes.length });
    this.#bytes = bytes;
  }

  override _read(): void {
    this.begun = true;
    this.push(this.#bytes);
    this.push(null);
  }
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: WatchedBody;
}

async function readLimited(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Error('the answer is larger than an answer can be');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The destination over HTTPS with mutual TLS (CJISSECPOL SC-8). A POST is never repeated here: whether it may be
 * is decided by what the destination says when asked.
 */
export class HttpsTransport implements Transport {
  readonly #agent: Agent;
  readonly #base: URL;
  readonly #timeout: number;

  constructor(options: HttpsOptions) {
    this.#base = new URL(options.url);
    this.#timeout = options.responseTimeoutMs ?? RESPONSE_TIMEOUT_MS;
    this.#agent = new Agent({
      connections: options.connections ?? MAX_CONNECTIONS,
      pipelining: 1,
      allowH2: false,
      headersTimeout: this.#timeout,
      bodyTimeout: this.#timeout,
      connect: {
        ca: options.ca,
        cert: options.cert,
        key: options.key,
        timeout: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
      },
    });
  }

  async #call(call: Call): Promise<Attempt> {
    try {
      const response = await request(new URL(call.path, this.#base), {
        dispatcher: this.#agent,
        method: call.method,
        signal: AbortSignal.timeout(this.#timeout),
        ...(call.headers ? { headers: call.headers } : {}),
        ...(call.body ? { body: call.body } : {}),
      });
      return { kind: 'answered', status: response.statusCode, bytes: await readLimited(response.body) };
    } catch (error) {
      const left = call.body === undefined || call.body.begun;
      return { kind: left ? 'unsure' : 'not-sent', why: reasonOf(error) };
    }
  }

  send(message: Outgoing): Promise<Attempt> {
    return this.#call({
      method: 'POST',
      path: '/messages',
      headers: {
        'content-type': message.contentType,
        'content-length': String(message.bytes.length),
        'message-id': message.messageId,
      },
      body: new WatchedBody(message.bytes),
    });
  }

  ask(messageId: string): Promise<Attempt> {
    return this.#call({ method: 'GET', path: `/messages/${encodeURIComponent(messageId)}` });
  }

  close(messageId: string): Promise<Attempt> {
    return this.#call({ method: 'POST', path: `/messages/${encodeURIComponent(messageId)}/close` });
  }

  record(fcn: string): Promise<Attempt> {
    return this.#call({ method: 'GET', path: `/records/${encodeURIComponent(fcn)}` });
  }

  async notices(after: number): Promise<readonly Notice[] | undefined> {
    const attempt = await this.#call({ method: 'GET', path: `/notices?after=${after}` });
    if (attempt.kind !== 'answered' || attempt.status !== 200) return undefined;
    const parsed = JSON.parse(Buffer.from(attempt.bytes).toString('utf8')) as { notices: Notice[] };
    return parsed.notices;
  }

  respond(seq: number, bytes: Uint8Array): Promise<Attempt> {
    return this.#call({
      method: 'POST',
      path: `/notices/${seq}/response`,
      headers: { 'content-type': 'text/plain', 'content-length': String(bytes.length) },
      body: new WatchedBody(bytes),
    });
  }

  async *activeRecords(ori?: string): AsyncIterable<ListedRecord> {
    const path = ori ? `/records?ori=${encodeURIComponent(ori)}` : '/records';
    const response = await request(new URL(path, this.#base), { dispatcher: this.#agent, method: 'GET' });
    if (response.statusCode !== 200) {
      await response.body.dump();
      throw new BenchlinkError(
        'retry',
        'DST-LIST',
        `The destination's list answered ${response.statusCode}.`,
      );
    }
    const lines = createInterface({ input: response.body, crlfDelay: Number.POSITIVE_INFINITY });
    yield* readList(lines);
  }

  async shut(): Promise<void> {
    await this.#agent.destroy();
  }
}
