import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RecordLine } from './lists.ts';
import { isMisbehaviour, MISBEHAVIOURS, type Misbehaviour } from './misbehave.ts';
import type { IntakeStats } from './stats.ts';
import type { DriftState, HitOptions, PurgeResult } from './unsolicited.ts';

/** What an operator may do to a running intake. */
export interface Operated {
  /** Goes wrong in one way, for a number of messages or until told otherwise. */
  misbehave(mode: Misbehaviour, times?: number): void;
  stats(): Promise<IntakeStats>;
  /** Removes records nobody validated in time and tells their owners. */
  purge(before: string): Promise<PurgeResult>;
  /** Places a locate: another agency has found the person. */
  locate(fcn: string, byOri: string): Promise<boolean>;
  requestHitConfirmation(fcn: string, byOri: string, options?: HitOptions): Promise<boolean>;
  /** Changes a record without a word, as a backup that was restored would. */
  drift(fcn: string, state: DriftState): Promise<boolean>;
  /** The newest record of a case number, the live one first. */
  findByCase(oca: string): Promise<string | undefined>;
  /** Every record in whatever state, newest first. */
  records(limit: number): Promise<readonly RecordLine[]>;
}

const Misbehave = z.object({
  mode: z.string().refine(isMisbehaviour, `one of ${Object.keys(MISBEHAVIOURS).join(', ')}`),
  times: z.int().positive().optional(),
});
/** A record by its FCN or by the owner's case number. */
const Named = { fcn: z.string().min(1).exactOptional(), oca: z.string().min(1).exactOptional() };
const About = z.object({ ...Named, byOri: z.string().length(9) });
const Drift = z.object({ ...Named, state: z.enum(['active', 'purged']) });
const Hit = About.extend({
  priority: z.enum(['U', 'R']).exactOptional(),
  request: z.union([z.literal(1), z.literal(2), z.literal(3)]).exactOptional(),
});
const Purge = z.object({ before: z.iso.date() });

/** Records listed to a person. */
const LISTED = 1000;

function recordNamed(intake: Operated, by: { fcn?: string; oca?: string }): Promise<string | undefined> {
  return by.fcn || !by.oca ? Promise.resolve(by.fcn) : intake.findByCase(by.oca);
}

/**
 * Plain HTTP routes for a sandbox's operator, meant for loopback alone: set a misbehaviour, purge, locate,
 * ask for a hit confirmation, change a record without a word, read records and counts.
 */
export function buildAdmin(intake: Operated): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.setErrorHandler((error, _request, reply) =>
    error instanceof z.ZodError
      ? reply.code(400).send({ error: z.prettifyError(error) })
      : reply.code(500).send({ error: 'The intake failed' }),
  );
  app.removeAllContentTypeParsers();
  // Whatever a command-line client calls its body, it is JSON.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(new z.ZodError([{ code: 'custom', path: [], message: 'The body is not JSON' }]));
    }
  });
  app.get('/stats', () => intake.stats());
  app.get('/records', () => intake.records(LISTED));
  app.get('/misbehaviours', () => MISBEHAVIOURS);
  app.post('/misbehave', (request) => {
    const { mode, times } = Misbehave.parse(request.body);
    if (isMisbehaviour(mode)) intake.misbehave(mode, times);
    return { mode, times: times ?? null };
  });
  app.post('/purge', (request) => intake.purge(Purge.parse(request.body).before));
  app.post('/locate', async (request) => {
    const { byOri, ...by } = About.parse(request.body);
    return { placed: await intake.locate((await recordNamed(intake, by)) ?? '', byOri) };
  });
  app.post('/hit', async (request) => {
    const { fcn, oca, byOri, ...options } = Hit.parse(request.body);
    const by = { ...(fcn ? { fcn } : {}), ...(oca ? { oca } : {}) };
    const record = (await recordNamed(intake, by)) ?? '';
    return { asked: await intake.requestHitConfirmation(record, byOri, options) };
  });
  app.post('/drift', async (request) => {
    const { state, ...by } = Drift.parse(request.body);
    return { changed: await intake.drift((await recordNamed(intake, by)) ?? '', state) };
  });
  return app;
}
