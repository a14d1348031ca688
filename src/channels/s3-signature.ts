/**
 * Signs a request to an S3-compatible store (AWS Signature Version 4).
 *
 * Three calls of one protocol do not need a library of some megabytes; the published example of the signature is in the
 * test.
 */
import { createHash, createHmac } from 'node:crypto';

export interface S3Access {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly url: URL;
  /** SHA-256 of the body, hexadecimal. */
  readonly bodyHash: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const EMPTY_BODY = createHash('sha256').digest('hex');

/** All headers of the request, the signature among them. */
export function signS3(request: S3Request, access: S3Access, at: Date): Record<string, string> {
  const time = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const headers: Record<string, string> = {
    host: request.url.host,
    'x-amz-content-sha256': request.bodyHash,
    'x-amz-date': time,
    ...request.headers,
  };
  const names = Object.keys(headers).toSorted((a, b) => (a < b ? -1 : 1));
  const signed = names.join(';');
  const canonical = [
    request.method,
    request.url.pathname,
    canonicalQuery(request.url),
    ...names.map((name) => `${name}:${headers[name]?.trim() ?? ''}`),
    '',
    signed,
    request.bodyHash,
  ].join('\n');
  const scope = `${day}/${access.region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  const hmac = (key: string | Buffer, value: string): Buffer =>
    createHmac('sha256', key).update(value).digest();
  const key = [access.region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${access.secretAccessKey}`, day));
  const signature = hmac(key, text).toString('hex');
  const credential = `${access.accessKeyId}/${scope}`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signed},Signature=${signature}`,
  };
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => `${strictly(name)}=${strictly(value)}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('&');
}

/** As RFC 3986 wants it: `encodeURIComponent` leaves five characters that the store encodes. */
export function strictly(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
