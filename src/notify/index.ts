import type { AlertsConfig } from '../config-alerts.ts';
import type { Logger } from '../log.ts';
import type { AlertChannel } from './channel.ts';
import { emailChannel } from './email.ts';
import { webhookChannel } from './webhook.ts';

export type { AlertChannel, AlertNews } from './channel.ts';
export { type Delivered, deliverAlerts } from './deliver.ts';

/** The log as a channel: always on, every severity. */
export function logChannel(log: Logger): AlertChannel {
  return {
    name: 'log',
    severity: 'amber',
    tell: async ({ phase, key, severity, message, openedAt }) => {
      const about = { alert: key, severity, openedAt };
      if (phase === 'end') log.info(about, `alert ended: ${message}`);
      else if (severity === 'red') log.error(about, `alert: ${message}`);
      else log.warn(about, `alert: ${message}`);
    },
    close: async () => undefined,
  };
}

/** Every configured channel, the log first. @throws BenchlinkError usage for a secret that cannot be read */
export function openChannels(
  config: AlertsConfig,
  log: Logger,
  readSecret: (file: string, what: string) => string,
): AlertChannel[] {
  return [
    logChannel(log),
    ...(config.email ? [emailChannel(config.email, readSecret)] : []),
    ...(config.webhook ? [webhookChannel(config.webhook, readSecret)] : []),
  ];
}
