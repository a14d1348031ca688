/**
 * States what must be true of a group after every step: its money, from the ledger and the rows.
 */
import { findGroupFaults } from '../src/tontine/testing/group-books.rows.ts';
import type { World } from './world.ts';

export async function checkTontine(world: World): Promise<string[]> {
  if (world.tontine === undefined) return [];
  const faults = [
    ...(await findGroupFaults(world.db, world.tontine)),
    ...(world.potters === undefined ? [] : await findGroupFaults(world.db, world.potters)),
  ];
  return faults.map((fault) => `group: ${fault}`);
}
