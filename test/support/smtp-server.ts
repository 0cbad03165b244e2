import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface SmtpServer {
  readonly port: number;
  /** Whole messages as they came, headers first. */
  readonly mails: string[];
  /** `user password` of each login. */
  readonly logins: string[];
  /** Refuses so many of the next messages for now (450). */
  refuse: number;
  close(): Promise<void>;
}

/** Talks just enough SMTP (RFC 5321) for one client: EHLO, AUTH PLAIN, MAIL, RCPT, DATA, QUIT. */
function serve(server: Omit<SmtpServer, 'port' | 'close'>, socket: Socket): void {
  let data: string | undefined;
  let rest = '';
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const take = (line: string) => {
    if (data !== undefined) {
      if (line !== '.') {
        data += `${line.replace(/^\./, '')}\n`;
        return;
      }
      server.mails.push(data);
      data = undefined;
      say('250 ok');
      return;
    }
    const [verb = '', second = '', secret = ''] = line.split(' ');
    if (verb === 'EHLO') {
      say('250-test');
      say('250 AUTH PLAIN');
    } else if (verb === 'AUTH' && second === 'PLAIN') {
      const [, user, password] = Buffer.from(secret, 'base64').toString().split('\0');
      server.logins.push(`${user} ${password}`);
      say('235 ok');
    } else if (verb === 'MAIL' && server.refuse > 0) {
      server.refuse -= 1;
      say('450 come again');
    } else if (verb === 'STARTTLS') say('502 not here');
    else if (verb === 'DATA') {
      data = '';
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  };
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop()!;
    for (const line of lines) take(line);
  });
  socket.on('error', () => socket.destroy());
  say('220 test');
}

/** A mail server of this process, on TLS where it is given a certificate. */
export async function startSmtpServer(tls?: { key: string; cert: string }): Promise<SmtpServer> {
  const about = { mails: [] as string[], logins: [] as string[], refuse: 0 };
  const accept = (socket: Socket) => serve(about, socket);
  const server = tls ? createTlsServer(tls, accept) : createServer(accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(about, {
    port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
