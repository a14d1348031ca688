/**
 * Closes backups with age (age-encryption.org), so that the machine that makes them cannot read them again.
 *
 * The server knows the recipient only. The identity that opens them lies elsewhere, and whoever steals the server or the
 * store has nothing. Any program that speaks age can open a backup: no backup depends on this product's code.
 */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

type WebBytes = ReadableStream<Uint8Array>;

/** Loaded by the night that archives and not by every start. */
async function age(): Promise<typeof import('age-encryption')> {
  return await import('age-encryption');
}

export async function sealed(plain: Readable, recipients: readonly string[]): Promise<Readable> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return fromWeb(await encrypter.encrypt(toWeb(plain)));
}

/** Fails when the identity is not one of the recipients', or as soon as a byte is not what was written. */
export async function unsealed(closed: Readable, identity: string): Promise<Readable> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return fromWeb(await decrypter.decrypt(toWeb(closed)));
}

/** A new pair: the recipient may be known to everybody, the identity to nobody. */
export async function makeBackupKeys(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const { generateIdentity, identityToRecipient } = await age();
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

function toWeb(stream: Readable): globalThis.ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as WebBytes as unknown as globalThis.ReadableStream<Uint8Array>;
}

/**
 * The source may fail before anybody reads: a stream whose failure nobody listens to ends the process. Whoever reads it later
 * still hears of it, because a stream keeps its error.
 */
function fromWeb(stream: unknown): Readable {
  const readable = Readable.fromWeb(stream as WebBytes);
  readable.on('error', () => undefined);
  return readable;
}
