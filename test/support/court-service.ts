import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type CertificateSet, makeCertificates } from '../../src/transmit/certificates.ts';

export interface CourtService {
  readonly url: string;
  readonly certificates: CertificateSet;
  /** Changed cases by id: their document and hash. */
  readonly cases: Map<string, { document: string; hash: string }>;
  /** Pages of `/pages`. */
  readonly pages: string[];
  /** Paths asked for, with their method. */
  readonly log: string[];
  readonly faults: {
    /** Answers with this status, so many times. */
    status?: { code: number; times: number };
    /** Cuts the connection in the middle of the next document. */
    cut?: boolean;
    /** Tokens that are withdrawn. */
    withdrawn?: Set<string>;
    /** A link that leads elsewhere. */
    nextElsewhere?: boolean;
  };
  close(): Promise<void>;
}

const CLIENT = 'benchlink:s3cret/+';

/** A court's web service of this process, over TLS, with a change list, pages and a token endpoint. */
export async function startCourtService(auth: 'mtls' | 'oauth'): Promise<CourtService> {
  const certificates = await makeCertificates({
    now: new Date('2026-11-20T00:00:00Z'),
    days: 3650,
    clientName: 'county',
    hosts: ['localhost', '127.0.0.1'],
  });
  const service: Omit<CourtService, 'url' | 'close'> = {
    certificates,
    cases: new Map(),
    pages: [],
    log: [],
    faults: {},
  };
  let tokens = 0;
  const { server: pair, ca } = certificates;
  const server: Server = createServer(
    { cert: pair.cert, key: pair.key, ca, requestCert: auth === 'mtls', rejectUnauthorized: auth === 'mtls' },
    (request, response) => {
      const { faults, log } = service;
      const url = new URL(request.url ?? '/', 'https://x');
      log.push(`${request.method} ${url.pathname}${url.search}`);
      const answer = (status: number, body = '', headers: Record<string, string> = {}) =>
        void response.writeHead(status, headers).end(body);
      if (url.pathname === '/token') {
        const [, basic = ''] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
        const [id = '', secret = ''] = Buffer.from(basic, 'base64')
          .toString()
          .split(':')
          .map(decodeURIComponent);
        if (`${id}:${secret}` !== CLIENT) return answer(401, '{"error":"invalid_client"}');
        tokens += 1;
        return answer(200, JSON.stringify({ access_token: `token-${tokens}`, expires_in: 3600 }));
      }
      const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
      const known =
        auth === 'mtls'
          ? (request.socket as TLSSocket).authorized
          : token !== undefined && !faults.withdrawn?.has(token);
      if (!known) return answer(401);
      if (faults.status && faults.status.times > 0) {
        faults.status.times -= 1;
        return answer(faults.status.code);
      }
      if (url.pathname === '/changes' && request.method === 'GET') {
        const changes = [...service.cases].map(([id, { hash }]) => ({
          id,
          href: `/cases/${encodeURIComponent(id)}`,
          hash,
        }));
        return answer(
          200,
          JSON.stringify({ changes, next: faults.nextElsewhere ? 'https://elsewhere.test/x' : null }),
        );
      }
      const [, kind, id = ''] = url.pathname.split('/').map(decodeURIComponent);
      const found = service.cases.get(id);
      if (kind === 'changes' && request.method === 'DELETE') {
        if (!found) return answer(404);
        if (request.headers['if-match'] !== `"${found.hash}"`) return answer(412);
        service.cases.delete(id);
        return answer(204);
      }
      if (kind === 'cases' && found) {
        if (!faults.cut) return answer(200, found.document);
        faults.cut = false;
        response.writeHead(200, { 'content-length': String(found.document.length) });
        response.write(found.document.slice(0, 10));
        return void setTimeout(() => request.socket.destroy(), 20);
      }
      if (kind === 'pages') {
        const at = Number(url.searchParams.get('page') ?? 1);
        const next: Record<string, string> =
          at < service.pages.length ? { link: `</pages?page=${at + 1}>; rel="next"` } : {};
        return answer(200, service.pages[at - 1] ?? '', next);
      }
      return answer(404);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...service,
    url: `https://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
