import './reflect.ts';
import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Everything both ends of a mutual TLS connection need, PEM. */
export interface CertificateSet {
  readonly ca: string;
  readonly server: KeyPair;
  readonly client: KeyPair;
}

export interface CertificateOptions {
  readonly now: Date;
  /** Days until they expire. */
  readonly days: number;
  /** Common name of the client: who the destination takes us for. */
  readonly clientName: string;
  /** DNS names and IP addresses of the server. */
  readonly hosts: readonly string[];
}

const DAY = 86_400_000;
/** A new certificate holds from an hour ago, so that clocks a little apart still agree. */
const BACKDATE = 3_600_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

function serialNumber(): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString('hex');
}

async function keyPem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return x509.PemConverter.encode(der, 'PRIVATE KEY');
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function period(options: CertificateOptions): { notBefore: Date; notAfter: Date } {
  const from = options.now.getTime();
  return { notBefore: new Date(from - BACKDATE), notAfter: new Date(from + options.days * DAY) };
}

async function authority(options: CertificateOptions, keys: webcrypto.CryptoKeyPair): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Benchlink local test authority',
    ...period(options),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return certificate.toString('pem');
}

interface Leaf {
  readonly name: string;
  readonly usage: x509.ExtendedKeyUsage;
  readonly hosts: readonly string[];
}

function alternativeNames(hosts: readonly string[]): x509.Extension[] {
  if (hosts.length === 0) return [];
  const names = hosts.map((value) => ({
    type: /^[\d.:]+$/.test(value) ? ('ip' as const) : ('dns' as const),
    value,
  }));
  return [new x509.SubjectAlternativeNameExtension(names)];
}

async function leaf(
  options: CertificateOptions,
  issuer: webcrypto.CryptoKeyPair,
  issuerCert: string,
  what: Leaf,
): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${what.name}`,
    issuer: new x509.X509Certificate(issuerCert).subject,
    ...period(options),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: issuer.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([what.usage], true),
      ...alternativeNames(what.hosts),
    ],
  });
  return { cert: certificate.toString('pem'), key: await keyPem(keys) };
}

/**
 * Makes a local authority and one server and one client certificate under it (ECDSA P-256), for the demo, the
 * tests and a sandbox. The authority's key is thrown away: nothing more can be signed under it.
 */
export async function makeCertificates(options: CertificateOptions): Promise<CertificateSet> {
  const keys = await newKeys();
  const ca = await authority(options, keys);
  const server = await leaf(options, keys, ca, {
    name: options.hosts[0] ?? 'localhost',
    usage: x509.ExtendedKeyUsage.serverAuth,
    hosts: options.hosts,
  });
  const client = await leaf(options, keys, ca, {
    name: options.clientName,
    usage: x509.ExtendedKeyUsage.clientAuth,
    hosts: [],
  });
  return { ca, server, client };
}

/** A certificate that will soon stop working, or has. */
export interface CertificateAlert {
  readonly name: string;
  /** When it ends, ISO instant. */
  readonly notAfter: string;
  /** Whole days left; negative once it has ended. */
  readonly daysLeft: number;
}

/**
 * Names every certificate that ends within `days` of `now`. A transport with an expired certificate looks like a
 * destination that is down, so it is said beforehand.
 * @param named PEM certificates by the name a person knows them by
 */
export function expiringCertificates(
  named: Readonly<Record<string, string>>,
  now: Date,
  days: number,
): CertificateAlert[] {
  return Object.entries(named).flatMap(([name, pem]) => {
    const notAfter = new X509Certificate(pem).validToDate;
    const daysLeft = Math.floor((notAfter.getTime() - now.getTime()) / DAY);
    return daysLeft < days ? [{ name, notAfter: notAfter.toISOString(), daysLeft }] : [];
  });
}
