/**
 * Is one head of the journal's hash chain as it was published outside the database, signed.
 *
 * Who owns the database can rewrite the journal, compute every link anew and move the fence: inside, all of it fits
 * again. What was published elsewhere does not. The signature is Ed25519, so whoever keeps the heads can check them with
 * the public key alone and cannot make any.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

const shape = z.object({
  /** The last row of the journal at that moment. */
  seq: z.string().regex(/^[1-9]\d{0,18}$/),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

export interface Head {
  readonly seq: bigint;
  /** 64 hexadecimal digits. */
  readonly head: string;
  readonly at: Date;
}

export interface HeadKeys {
  readonly secret: KeyObject;
  readonly open: KeyObject;
}

/** What RFC 8410 puts before the 32 bytes of an Ed25519 key. */
const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex');

export function headKeys(seed: Uint8Array): HeadKeys {
  const key = Buffer.concat([PKCS8_START, seed]);
  const secret = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return { secret, open: createPublicKey(secret) };
}

/** The public half as PEM, for whoever keeps the heads. */
export function openKeyText({ open }: HeadKeys): string {
  return String(open.export({ format: 'pem', type: 'spki' }));
}

export function headLine(head: Head, { secret }: HeadKeys): string {
  const signature = sign(null, signedBytes(head), secret).toString('base64url');
  return JSON.stringify({ seq: String(head.seq), head: head.head, at: head.at.toISOString(), signature });
}

/** Nothing when the line is not one that this installation wrote. */
export function readHeadLine(line: string, { open }: Pick<HeadKeys, 'open'>): Head | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    // What is not even JSON was cut off or is not ours: the same answer.
    return undefined;
  }
  const read = shape.safeParse(json);
  if (!read.success) return undefined;
  const head = { seq: BigInt(read.data.seq), head: read.data.head, at: new Date(read.data.at) };
  const signature = Buffer.from(read.data.signature, 'base64url');
  return verify(null, signedBytes(head), open, signature) ? head : undefined;
}

function signedBytes({ seq, head, at }: Head): Buffer {
  return Buffer.from(`tontine head 1\n${seq}\n${head}\n${at.toISOString()}`);
}
