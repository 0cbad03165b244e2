import { BenchlinkError, errorText } from '../../errors.ts';
import { codeOf } from './folder-faults.ts';

const BY_CODE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known; correct it',
  EAI_AGAIN: 'the host name cannot be looked up now; check the network',
  ECONNREFUSED: 'nothing answers on that port; check the address, and whether the service is up',
  ECONNRESET: 'the service cut the connection; it may want a client certificate',
  UND_ERR_SOCKET: 'the service cut the connection; it may want a client certificate, or another one',
  UND_ERR_CONNECT_TIMEOUT: 'the service does not answer; check the firewall',
  UND_ERR_HEADERS_TIMEOUT: 'the service took too long to answer',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped in the middle',
  UND_ERR_REQ_RETRY: 'the answer stopped in the middle',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer stopped in the middle',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is not from the authority in caFile; find out why before you trust it',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is not from the authority in caFile; find out why before you trust it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is not from the authority in caFile; find out why before you trust it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is not from the authority in caFile; find out why before you trust it',
  CERT_SIGNATURE_FAILURE:
    'its certificate is not from the authority in caFile; find out why before you trust it',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it wants a client certificate; set certFile and keyFile',
};

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'it does not understand the request; check the address',
  401: 'it does not accept our credentials; check client id, secret and scope',
  403: 'our account may not read this; ask for the permission',
  404: 'there is nothing at that address; correct it',
  429: 'it asks us to come less often',
};

/** What a status of an answer means, in words. */
export function statusWords(status: number): string {
  return (
    BY_STATUS[status] ??
    (status >= 500 ? `it has a fault of its own (status ${status})` : `it answered with status ${status}`)
  );
}

/** An HTTPS fault in words an operator can act on; always worth another try. The address goes without its query. */
export function httpsError(url: URL, why: string, cause?: unknown): BenchlinkError {
  const at = `${url.origin}${url.pathname}`;
  return new BenchlinkError('retry', 'SRC-CONNECT', `${at}: ${why}.`, { cause: codeOf(cause) }, { cause });
}

/** The code of an error or of what lies under it. */
function innerCode(error: unknown): string {
  const own = codeOf(error);
  const inner = error instanceof Error ? codeOf(error.cause) : '';
  return own in BY_CODE || inner === '' ? own : inner;
}

export function connectionError(url: URL, error: unknown): BenchlinkError {
  const why = BY_CODE[innerCode(error)] ?? errorText(error).replace(/\.$/, '');
  return httpsError(url, why, error);
}
