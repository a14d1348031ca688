/**
 * Keeps the browsers of each person in the table `devices`, by the hash of their token.
 */
import type { Reader, Tx } from '../ground/postgres/database.ts';
import type { KnownDevice } from './device.ts';

interface DeviceTable {
  person_id: string;
  device_hash: Uint8Array;
  is_first: boolean;
  first_seen_at: Date;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    devices: DeviceTable;
  }
}

export interface NewDevice extends KnownDevice {
  readonly personId: string;
  readonly deviceHash: Uint8Array;
}

export async function insertDevice(tx: Tx, device: NewDevice): Promise<void> {
  await tx
    .insertInto('devices')
    .values({
      person_id: device.personId,
      device_hash: device.deviceHash,
      is_first: device.isFirst,
      first_seen_at: device.firstSeenAt,
    })
    .execute();
}

export async function findDeviceByHash(
  reader: Reader,
  personId: string,
  deviceHash: Uint8Array,
): Promise<KnownDevice | undefined> {
  const row = await reader
    .selectFrom('devices')
    .select(['is_first', 'first_seen_at'])
    .where('person_id', '=', personId)
    .where('device_hash', '=', deviceHash)
    .executeTakeFirst();
  return row && { isFirst: row.is_first, firstSeenAt: row.first_seen_at };
}

/** True when the person has signed in from any device that we know. */
export async function hasDevices(reader: Reader, personId: string): Promise<boolean> {
  const row = await reader
    .selectFrom('devices')
    .select('person_id')
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteDevicesOf(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('devices').where('person_id', '=', personId).execute();
}
