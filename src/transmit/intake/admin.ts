import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isMisbehaviour, MISBEHAVIOURS, type Misbehaviour } from './misbehave.ts';
import type { IntakeStats } from './stats.ts';
import type { HitOptions, PurgeResult } from './unsolicited.ts';

/** What an operator may do to a running intake. */
export interface Operated {
  misbehave(mode: Misbehaviour, times?: number): void;
  stats(): Promise<IntakeStats>;
  purge(before: string): Promise<PurgeResult>;
  locate(fcn: string, byOri: string): Promise<boolean>;
  requestHitConfirmation(fcn: string, byOri: string, options?: HitOptions): Promise<boolean>;
}

const Misbehave = z.object({
  mode: z.string().refine(isMisbehaviour, `one of ${Object.keys(MISBEHAVIOURS).join(', ')}`),
  times: z.int().positive().optional(),
});
const About = z.object({ fcn: z.string().min(1), byOri: z.string().length(9) });
const Hit = About.extend({
  priority: z.enum(['U', 'R']).exactOptional(),
  request: z.union([z.literal(1), z.literal(2), z.literal(3)]).exactOptional(),
});
const Purge = z.object({ before: z.iso.date() });

/**
 * Plain HTTP routes for a sandbox's operator, meant for loopback alone: set a misbehaviour, purge, locate,
 * ask for a hit confirmation, read the counts.
 */
export function buildAdmin(intake: Operated): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.setErrorHandler((error, _request, reply) =>
    error instanceof z.ZodError
      ? reply.code(400).send({ error: z.prettifyError(error) })
      : reply.code(500).send({ error: 'The intake failed' }),
  );
  app.get('/stats', () => intake.stats());
  app.get('/misbehaviours', () => MISBEHAVIOURS);
  app.post('/misbehave', (request) => {
    const { mode, times } = Misbehave.parse(request.body);
    if (isMisbehaviour(mode)) intake.misbehave(mode, times);
    return { mode, times: times ?? null };
  });
  app.post('/purge', (request) => intake.purge(Purge.parse(request.body).before));
  app.post('/locate', async (request) => {
    const { fcn, byOri } = About.parse(request.body);
    return { placed: await intake.locate(fcn, byOri) };
  });
  app.post('/hit', async (request) => {
    const { fcn, byOri, ...options } = Hit.parse(request.body);
    return { asked: await intake.requestHitConfirmation(fcn, byOri, options) };
  });
  return app;
}
