import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Misbehaviour } from './misbehave.ts';
import { HALF_OPEN_MS, LATE_MS, SLOW_PIECE_MS, SLOW_PIECES } from './parameters.ts';
import { aboutAnother } from './speak.ts';

/** The content type of an answer: XML, or text where it came in text. */
export function typeOf(answer: string): string {
  return answer.startsWith('<') ? 'application/xml; charset=utf-8' : 'text/plain; charset=utf-8';
}

/** Cuts the connection under a request without a word. */
export function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.destroy();
}

/** Holds the connection without a word, and lets go in the end. */
export function hold(reply: FastifyReply): void {
  reply.hijack();
  const socket = reply.raw.socket;
  const timer = setTimeout(() => socket?.destroy(), HALF_OPEN_MS);
  timer.unref();
  socket?.once('close', () => clearTimeout(timer));
}

/** 503 without a body: what a proxy says when it cannot reach the destination. */
export function bare503(reply: FastifyReply): FastifyReply {
  return reply.code(503).send('');
}

async function slowly(reply: FastifyReply, answer: string): Promise<void> {
  reply.hijack();
  const bytes = Buffer.from(answer);
  reply.raw.writeHead(200, { 'content-type': typeOf(answer), 'content-length': bytes.length });
  const size = Math.ceil(bytes.length / SLOW_PIECES);
  for (let i = 0; i < bytes.length; i += size) {
    reply.raw.write(bytes.subarray(i, i + size));
    await pause(SLOW_PIECE_MS);
  }
  reply.raw.end();
}

function twice(reply: FastifyReply, answer: string): void {
  reply.hijack();
  const bytes = Buffer.from(answer);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: ${typeOf(answer)}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  const response = Buffer.concat([Buffer.from(head), bytes]);
  reply.raw.socket?.write(Buffer.concat([response, response]));
  reply.raw.socket?.end();
}

/** Sends an answer that is ready, in the manner a misbehaviour asks for. */
export async function deliver(
  reply: FastifyReply,
  mode: Misbehaviour,
  answer: string,
): Promise<FastifyReply> {
  reply.type(typeOf(answer));
  switch (mode) {
    case 'drop-after':
      cut(reply);
      return reply;
    case 'half-open-after':
      hold(reply);
      return reply;
    case 'late':
      await pause(LATE_MS);
      return reply.send(answer);
    case 'slow':
      await slowly(reply, answer);
      return reply;
    case 'twice':
      twice(reply, answer);
      return reply;
    case 'malformed':
      return reply.send(answer.slice(0, Math.floor(answer.length / 2)));
    case '503-after':
      return bare503(reply);
    case 'wrong-id':
      return reply.send(aboutAnother(answer));
    default:
      return reply.send(answer);
  }
}
