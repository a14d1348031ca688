/**
 * Is what the outside is told about our books: how far the ledger and the trail had come, and the hashes that stood there.
 *
 * A chain alone convicts whoever changes a row. It does not convict whoever rewrites every row after it, or puts an older
 * copy in its place: such books agree with themselves. They do not agree with a head that somebody else kept. It is
 * signed (Ed25519), so that anybody can see that it was ours and nobody can make one up to accuse us.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

const chainEnd = z.object({
  /** The number of the last row; 0 before the first. */
  seq: z.string().regex(/^\d{1,18}$/),
  /** SHA-256, hexadecimal. */
  head: z.string().regex(/^[0-9a-f]{64}$/),
});

const shape = z.object({
  format: z.literal(1),
  publishedAt: z.iso.datetime(),
  ledger: chainEnd,
  trail: chainEnd,
  /** Why the heads before this one do not bind any more: a backup was restored. */
  restart: z.string().min(3).max(300).optional(),
});

export type HeadFacts = z.output<typeof shape>;
export type ChainName = 'ledger' | 'trail';

/** PKCS #8 of an Ed25519 key without its 32 bytes (RFC 8410). */
const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface HeadSigner {
  /** 32 bytes, hexadecimal: what outsiders need to check a signature. */
  readonly publicKey: string;
  /** The file's text. */
  readonly write: (facts: HeadFacts) => string;
  /** Nothing when it is not ours, or was changed. */
  readonly read: (text: string) => HeadFacts | undefined;
}

/** `seed` is 32 bytes; the same seed is the same key. */
export function headSigner(seed: Uint8Array): HeadSigner {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_START, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const open = createPublicKey(key);
  const publicKey = rawOf(open);
  return {
    publicKey,
    write: (facts) => {
      const signature = sign(null, signedBytes(facts), key).toString('hex');
      return `${JSON.stringify({ ...facts, key: publicKey, signature })}\n`;
    },
    read: (text) => readSigned(text, open),
  };
}

const signed = shape.extend({ key: z.string(), signature: z.string().regex(/^[0-9a-f]{128}$/) });

function readSigned(text: string, open: KeyObject): HeadFacts | undefined {
  const parsed = signed.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { key: _key, signature, ...facts } = parsed.data;
  return verify(null, signedBytes(facts), open, Buffer.from(signature, 'hex')) ? facts : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that was cut off is one that is not ours.
    return undefined;
  }
}

/** One fact a line, in this order; `docs/verify-head.mjs` does the same with nothing of ours. */
function signedBytes({ publishedAt, ledger, trail, restart = '' }: HeadFacts): Buffer {
  const lines = ['tontine-pro head 1', publishedAt, ledger.seq, ledger.head, trail.seq, trail.head, restart];
  return Buffer.from(lines.join('\n'));
}

function rawOf(open: KeyObject): string {
  return open.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
}

const HEAD_NAME = /^head-(\d{8})T(\d{6})Z(-restart)?\.json$/;

/** Sorts by time. */
export function headName({ publishedAt, restart }: HeadFacts): string {
  return nameAt(new Date(publishedAt), restart === undefined ? '' : '-restart');
}

export function nameAt(moment: Date, ending = ''): string {
  return `head-${moment.toISOString().replaceAll(/[-:]|\.\d+/g, '')}${ending}.json`;
}

/** The day of it, `20260105`; nothing for another file. */
export function dayOfHead(name: string): string | undefined {
  return HEAD_NAME.exec(name)?.[1];
}

export function isRestart(name: string): boolean {
  return HEAD_NAME.exec(name)?.[3] !== undefined;
}
