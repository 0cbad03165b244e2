import { createTransport } from 'nodemailer';
import type { EmailConfig } from '../config-alerts.ts';
import { BenchlinkError, errorText } from '../errors.ts';
import type { AlertChannel, AlertNews } from './channel.ts';

function subject({ phase, severity, key, county }: AlertNews): string {
  const where = county ? ` ${county}` : '';
  return phase === 'start'
    ? `[Benchlink${where}] ${severity.toUpperCase()}: ${key}`
    : `[Benchlink${where}] ended: ${key}`;
}

function text({ phase, message, openedAt, closedAt, key }: AlertNews): string {
  const when =
    phase === 'start'
      ? `Since ${openedAt}.`
      : `Began ${openedAt}, ended ${closedAt ?? ''}. No action is needed.`;
  return `${message}\n\n${when}\nAlert: ${key}. Open alerts: benchlink alerts\n`;
}

/** E-mail by SMTP: STARTTLS or TLS from the first byte, unless the relay is this machine itself. */
export function emailChannel(
  config: EmailConfig,
  readSecret: (file: string, what: string) => string,
): AlertChannel {
  const { host, port, implicitTls, plaintext, username, passwordFile, caFile, from, to, timeoutMs } = config;
  const mail = createTransport({
    host,
    port,
    secure: implicitTls,
    requireTLS: !implicitTls && !plaintext,
    ignoreTLS: plaintext,
    ...(username
      ? {
          auth: {
            user: username,
            pass: passwordFile ? readSecret(passwordFile, 'mail password').trim() : '',
          },
        }
      : {}),
    tls: { minVersion: 'TLSv1.2', ...(caFile ? { ca: readSecret(caFile, 'mail authority') } : {}) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'email',
    severity: config.severity,
    tell: async (news) => {
      try {
        await mail.sendMail({
          from,
          to: [...to],
          subject: subject(news),
          text: text(news),
          messageId: `<${news.id}@benchlink>`,
          headers: { 'auto-submitted': 'auto-generated' },
        });
      } catch (error) {
        throw new BenchlinkError('retry', 'ALERT-UNTOLD', `Mail by ${host}:${port}: ${errorText(error)}`);
      }
    },
    close: async () => mail.close(),
  };
}
