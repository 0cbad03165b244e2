import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { expiringCertificates, makeCertificates } from '../../src/transmit/certificates.ts';

const now = new Date('2026-01-15T00:00:00.000Z');
const set = await makeCertificates({
  now,
  days: 40,
  clientName: 'county',
  hosts: ['localhost', '127.0.0.1'],
});

describe('Local certificates', () => {
  it('chain to their authority, name the hosts and tell client from server', () => {
    const ca = new X509Certificate(set.ca);
    const server = new X509Certificate(set.server.cert);
    const client = new X509Certificate(set.client.cert);
    expect(server.verify(ca.publicKey) && client.verify(ca.publicKey)).toBe(true);
    expect(ca.ca).toBe(true);
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(client.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  });

  it.each([
    [0, []],
    [9, []],
    [11, [{ name: 'client', daysLeft: 29 }]],
    [41, [{ name: 'client', daysLeft: -1 }]],
  ])('are named %i days later when they end within 30 days', (days, expected) => {
    const at = new Date(now.getTime() + days * 86_400_000);
    expect(expiringCertificates({ client: set.client.cert }, at, 30)).toMatchObject(expected);
  });
});
