/**
 * Tells which of a person's devices sent a request, from the token in its long-lived cookie.
 */
import type { Reader } from '../ground/postgres/database.ts';
import { findDeviceByHash } from './device.rows.ts';
import type { KnownDevice } from './device.ts';
import { hashToken, isToken } from './session.ts';

/** Nothing when the token is missing, malformed, or unknown for this person. */
export async function findDevice(
  reader: Reader,
  asked: { readonly personId: string; readonly deviceToken: unknown },
): Promise<KnownDevice | undefined> {
  if (!isToken(asked.deviceToken)) return undefined;
  return await findDeviceByHash(reader, asked.personId, hashToken(asked.deviceToken));
}
