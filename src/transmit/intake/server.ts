import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Knex } from 'knex';
import type { AnswerBody } from '../answer-model.ts';
import type { Counter, Received } from './counter.ts';
import { bare503, cut, deliver, hold, typeOf } from './deliver.ts';
import { activeRecords, noticesAfter, recordByFcn } from './lists.ts';
import type { Misbehaviour, Mood } from './misbehave.ts';
import { LATE_MS, MAX_MESSAGE_BYTES } from './parameters.ts';
import type { MessageReader } from './read-message.ts';
import { speak, subjectOf } from './speak.ts';
import { keepResponse } from './unsolicited.ts';

export interface ServerParts {
  readonly counter: Counter;
  readonly db: Knex;
  readonly mood: Mood;
  readonly read: MessageReader;
  readonly now: () => string;
  /** PEM: our certificate and key, and the authority whose clients may come in. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly count: (what: 'posts' | 'asks' | 'repeats') => void;
}

const MESSAGE_ID = /^[A-Za-z0-9._:-]{1,100}$/;
const REJECTED_FIRST = [
  { code: 'SYSTEM', text: 'REJECT - FILE BEING REORGANIZED', retryable: true },
] as const;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function understand(parts: ServerParts, request: FastifyRequest, bytes: Buffer): Received | undefined {
  const header = request.headers['message-id'];
  const messageId = typeof header === 'string' && MESSAGE_ID.test(header) ? header : undefined;
  const read = parts.read(bytes, messageId);
  const id = messageId ?? read.message?.messageId;
  if (!id) return undefined;
  const problems = [...read.problems];
  if (read.message && read.message.messageId !== id) {
    problems.push({
      code: 'MESSAGE-ID',
      text: 'The header and the message disagree on the id',
      retryable: false,
    });
  }
  const usable = problems.length === 0 && read.message ? { message: read.message } : {};
  return { messageId: id, sha256: sha256(bytes), problems, ...usable };
}

/** An answer to a message, in the message's own form. */
function say(parts: ServerParts, received: Received, body: AnswerBody): string {
  const { messageId, sha256: bytes, message } = received;
  const known = body.kind === 'unavailable' ? {} : { sha256: bytes };
  const own = message?.format ? { format: message.format, subject: subjectOf(message) } : {};
  return speak({ messageId, ...known, ...own }, parts.now(), body);
}

function send(reply: FastifyReply, answer: string): FastifyReply {
  return reply.type(typeOf(answer)).send(answer);
}

/** Misbehaviours that never come to an answer about the message; true when the reply is taken care of. */
function refuseBefore(
  parts: ServerParts,
  mode: Misbehaviour,
  received: Received,
  reply: FastifyReply,
): boolean {
  switch (mode) {
    case 'drop-before':
      cut(reply);
      return true;
    case 'half-open':
      hold(reply);
      return true;
    case '503':
      bare503(reply);
      return true;
    case 'unavailable': {
      send(reply, say(parts, received, { kind: 'unavailable', retryAfterSeconds: 1 }));
      return true;
    }
    case 'arrive-late':
      cut(reply);
      void pause(LATE_MS / 3).then(() => parts.counter.post(received));
      return true;
    default:
      return false;
  }
}

async function rejectThenAccept(
  parts: ServerParts,
  received: Received,
  answer: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  await parts.counter.run((register, time) =>
    register.notice({ kind: 'answer', message_id: received.messageId, at: time.at, body: { answer } }),
  );
  return send(reply, say(parts, received, { kind: 'rejected', codes: REJECTED_FIRST }));
}

async function post(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  parts.count('posts');
  const bytes = request.body as Buffer;
  const received = understand(parts, request, bytes);
  if (!received) return reply.code(400).send('A message needs an id: send it as Message-Id');
  const mode = parts.mood.next();
  if (refuseBefore(parts, mode, received, reply)) return reply;
  const answer = await parts.counter.post({ ...received, queue: mode === 'queued' });
  if (mode === 'reject-then-accept') return rejectThenAccept(parts, received, answer, reply);
  return deliver(reply, mode, answer);
}

function idOf(request: FastifyRequest): string | undefined {
  const { id } = request.params as { id: string };
  return MESSAGE_ID.test(id) ? id : undefined;
}

function messageRoutes(app: FastifyInstance, parts: ServerParts): void {
  app.post('/messages', (request, reply) => post(parts, request, reply));
  app.get('/messages/:id', async (request, reply) => {
    parts.count('asks');
    const id = idOf(request);
    if (!id) return reply.code(400).send('Not a message id');
    return send(reply, await parts.counter.status(id));
  });
  app.post('/messages/:id/close', async (request, reply) => {
    const id = idOf(request);
    if (!id) return reply.code(400).send('Not a message id');
    return send(reply, await parts.counter.close(id));
  });
}

function listRoutes(app: FastifyInstance, parts: ServerParts): void {
  app.get('/records', (request, reply) => {
    const { ori } = request.query as { ori?: string };
    return reply.type('application/x-ndjson').send(Readable.from(activeRecords(parts.db, ori)));
  });
  app.get('/records/:fcn', async (request, reply) => {
    const record = await recordByFcn(parts.db, (request.params as { fcn: string }).fcn);
    return record ? reply.send(record) : reply.code(404).send({ error: 'NOT-ON-FILE' });
  });
  app.post('/notices/:seq/response', async (request, reply) => {
    const { seq } = request.params as { seq: string };
    const kept = await keepResponse(parts.counter, Number(seq) || 0, String(request.body));
    return kept ? reply.send({ kept: true }) : reply.code(404).send({ error: 'NO-SUCH-NOTICE' });
  });
  app.get('/notices', async (request) => {
    const { after } = request.query as { after?: string };
    return noticesAfter(parts.db, Number(after ?? 0) || 0);
  });
}

/** The intake's HTTPS server: a client certificate under our authority is required for every route. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_MESSAGE_BYTES,
    forceCloseConnections: true,
    https: { ...parts.tls, requestCert: true, rejectUnauthorized: true },
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  messageRoutes(app, parts);
  listRoutes(app, parts);
  return app;
}
