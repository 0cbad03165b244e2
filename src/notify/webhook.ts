import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import type { WebhookConfig } from '../config-alerts.ts';
import { BenchlinkError, errorText } from '../errors.ts';
import type { AlertChannel } from './channel.ts';

/** A JSON message by POST, with a bearer token and a signature where they are configured. */
export function webhookChannel(
  config: WebhookConfig,
  readSecret: (file: string, what: string) => string,
): AlertChannel {
  const { url, tokenFile, signingKeyFile, caFile, timeoutMs } = config;
  const { origin } = new URL(url);
  const token = tokenFile ? readSecret(tokenFile, 'webhook token').trim() : undefined;
  const key = signingKeyFile ? readSecret(signingKeyFile, 'webhook signing key').trim() : undefined;
  const dispatcher = new Agent({
    connect: { timeout: timeoutMs, ...(caFile ? { ca: readSecret(caFile, 'webhook authority') } : {}) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const untold = (why: string) =>
    // The address may hold a secret in its path: only the server is named.
    new BenchlinkError('retry', 'ALERT-UNTOLD', `Webhook ${origin}: ${why}`);
  return {
    name: 'webhook',
    severity: config.severity,
    tell: async (news) => {
      const body = JSON.stringify(news);
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': news.id,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key
          ? { 'x-benchlink-signature': `sha256=${createHmac('sha256', key).update(body).digest('hex')}` }
          : {}),
      };
      let status: number;
      try {
        const answer = await request(url, { method: 'POST', dispatcher, headers, body });
        status = answer.statusCode;
        await answer.body.dump();
      } catch (error) {
        throw untold(errorText(error));
      }
      if (status < 200 || status > 299) throw untold(`it answered with status ${status}`);
    },
    close: () => dispatcher.close(),
  };
}
