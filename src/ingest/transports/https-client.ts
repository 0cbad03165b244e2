import { Agent, type Dispatcher, RetryAgent, request } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { BenchlinkError } from '../../errors.ts';
import { connectionError, httpsError, statusWords } from './https-faults.ts';

export interface OAuthClient {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly secret: string;
  readonly scope?: string;
}

export interface HttpsAccount {
  readonly url: string;
  /** PEM. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly oauth?: OAuthClient;
  readonly timeoutMs: number;
}

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: AsyncIterable<Uint8Array>;
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().default(300) });

/** A token is renewed this long before it ends. */
const TOKEN_MARGIN_MS = 30_000;
const RETRIES = { maxRetries: 2, minTimeout: 200, maxTimeout: 2000, timeoutFactor: 3 } as const;

export type HttpsMethod = 'GET' | 'DELETE' | 'PUT';

/** GET, DELETE and PUT with mutual TLS or OAuth 2 client credentials (RFC 6749, 4.4); faults of a moment are retried. */
export class HttpsClient {
  readonly #account: HttpsAccount;
  readonly #clock: Clock;
  readonly #agent: Agent;
  readonly #dispatcher: Dispatcher;
  #token: { readonly text: string; readonly until: number } | undefined;

  constructor(account: HttpsAccount, clock: Clock) {
    const { ca, cert, key, timeoutMs } = account;
    if (!account.url.startsWith('https:')) {
      throw new BenchlinkError('usage', 'CONFIG-INVALID', `${account.url}: a source is read by https only.`);
    }
    this.#account = account;
    this.#clock = clock;
    this.#agent = new Agent({
      connect: {
        timeout: timeoutMs,
        ...(ca ? { ca } : {}),
        ...(cert ? { cert } : {}),
        ...(key ? { key } : {}),
      },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connections: 2,
    });
    this.#dispatcher = new RetryAgent(this.#agent, {
      ...RETRIES,
      throwOnError: false,
      methods: ['GET', 'DELETE', 'PUT'],
      statusCodes: [502, 503, 504, 429],
    });
  }

  /**
   * @param url of the same origin as the source's own: a listing cannot send us, and our credentials, elsewhere
   * @throws BenchlinkError retry SRC-CONNECT where nothing could be had
   */
  async send(
    method: HttpsMethod,
    url: URL,
    headers: Readonly<Record<string, string>> = {},
    body?: Uint8Array,
  ): Promise<HttpsAnswer> {
    if (url.origin !== new URL(this.#account.url).origin) {
      throw httpsError(url, 'the source names another server than its own; it is not followed');
    }
    const first = await this.#once(method, url, headers, body);
    if (first.status !== 401 || !this.#account.oauth || !this.#token) return first;
    // A token may be withdrawn before its time: one try with a new one.
    this.#token = undefined;
    await drain(first.body);
    return this.#once(method, url, headers, body);
  }

  /** The answer to a GET that must be there. */
  async get(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<HttpsAnswer> {
    const answer = await this.send('GET', url, headers);
    if (answer.status === 200 || answer.status === 304) return answer;
    await drain(answer.body);
    throw httpsError(url, statusWords(answer.status));
  }

  async #once(
    method: HttpsMethod,
    url: URL,
    headers: Readonly<Record<string, string>>,
    body?: Uint8Array,
  ): Promise<HttpsAnswer> {
    const authorization = this.#account.oauth
      ? { authorization: `Bearer ${await this.#bearer(this.#account.oauth)}` }
      : {};
    try {
      const answer = await request(url, {
        method,
        dispatcher: this.#dispatcher,
        headers: { ...headers, ...authorization },
        ...(body ? { body } : {}),
      });
      return { status: answer.statusCode, headers: answer.headers, body: faultsNamed(url, answer.body) };
    } catch (error) {
      throw connectionError(url, error);
    }
  }

  async #bearer(oauth: OAuthClient): Promise<string> {
    const now = this.#clock.now().getTime();
    if (this.#token && now < this.#token.until) return this.#token.text;
    const url = new URL(oauth.tokenUrl);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(oauth.scope ? { scope: oauth.scope } : {}),
    });
    const basic = Buffer.from(
      `${encodeURIComponent(oauth.clientId)}:${encodeURIComponent(oauth.secret)}`,
    ).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
    let status: number;
    let text: string;
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: this.#agent,
        headers,
        body: body.toString(),
      });
      status = answer.statusCode;
      text = await answer.body.text();
    } catch (error) {
      throw connectionError(url, error);
    }
    const token = status === 200 ? tokenAnswer.safeParse(parseJson(text)) : undefined;
    if (!token?.success) {
      throw httpsError(
        url,
        status === 200 ? 'its answer holds no access token' : statusWords(status === 400 ? 401 : status),
      );
    }
    this.#token = {
      text: token.data.access_token,
      until: now + token.data.expires_in * 1000 - TOKEN_MARGIN_MS,
    };
    return this.#token.text;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

/** A value or undefined: what is not JSON is judged by the schema like anything else. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function* faultsNamed(url: URL, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw connectionError(url, error);
  }
}

/** Reads an answer nobody wants to its end, so that its connection can be used again. */
export async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _chunk of body);
}
