/**
 * Remembers the browser from which a person just signed in, and gives the token for its cookie.
 *
 * Call it with every login, in the login's transaction. A browser that already has a token keeps it, also when another
 * person signs in: on a phone that a family shares nobody's device becomes new because a sister logged in.
 *
 * Refuses nothing: a token that cannot be one is replaced.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { lockName } from '../ground/postgres/lock-name.ts';
import { findDeviceByHash, hasDevices, insertDevice } from './device.rows.ts';
import type { KnownDevice } from './device.ts';
import { hashToken, isToken, TOKEN_BYTES } from './session.ts';

export interface RecordDevice {
  readonly personId: string;
  /** What the browser's cookie holds, if anything. */
  readonly deviceToken?: unknown;
}

export interface RecordedDevice extends KnownDevice {
  /** For the cookie, and for nothing else: it cannot be read back. */
  readonly token: string;
  /** True when this person signs in from this browser for the first time. */
  readonly isNew: boolean;
}

export async function recordDevice(tx: Tx, ground: Ground, login: RecordDevice): Promise<RecordedDevice> {
  const token = isToken(login.deviceToken)
    ? login.deviceToken
    : Buffer.from(ground.chance.bytes(TOKEN_BYTES)).toString('base64url');
  const deviceHash = hashToken(token);
  // Of two first logins at once only one is the first.
  await lockName(tx, `device ${login.personId}`);
  const known = await findDeviceByHash(tx, login.personId, deviceHash);
  if (known !== undefined) return { ...known, token, isNew: false };
  const device: KnownDevice = {
    isFirst: !(await hasDevices(tx, login.personId)),
    firstSeenAt: ground.clock.now(),
  };
  await insertDevice(tx, { ...device, personId: login.personId, deviceHash });
  return { ...device, token, isNew: true };
}
