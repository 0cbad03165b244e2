import { z } from 'zod';

const path = z.string().min(1);
const leastSeverity = z.enum(['amber', 'red']).default('amber');

const LOCAL = ['localhost', '127.0.0.1', '::1'];

const email = z
  .strictObject({
    host: z.string(),
    port: z.int().default(587),
    /** TLS from the first byte (port 465); otherwise STARTTLS is demanded. */
    implicitTls: z.boolean().default(false),
    /** Only for a relay on this machine: no TLS at all. */
    plaintext: z.boolean().default(false),
    username: z.string().optional(),
    passwordFile: path.optional(),
    caFile: path.optional(),
    from: z.string(),
    to: z.array(z.string()).min(1),
    severity: leastSeverity,
    timeoutMs: z.int().positive().default(20_000),
  })
  .refine(({ plaintext, host }) => !plaintext || LOCAL.includes(host), {
    error: 'plaintext is only for a relay on this machine',
  });

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Bearer token. */
  tokenFile: path.optional(),
  /** Key of the HMAC-SHA-256 in the header `x-benchlink-signature`. */
  signingKeyFile: path.optional(),
  caFile: path.optional(),
  severity: leastSeverity,
  timeoutMs: z.int().positive().default(20_000),
});

/** Who is told of alerts beside the log: each once when it begins and once when it ends. */
export const alertsSchema = z.strictObject({
  email: email.optional(),
  webhook: webhook.optional(),
});

export type AlertsConfig = z.infer<typeof alertsSchema>;
export type EmailConfig = z.infer<typeof email>;
export type WebhookConfig = z.infer<typeof webhook>;
