/**
 * Keeps published heads where the database is not: in the store of the backups, or in one of their own.
 *
 * One file each, never changed. All of the last two days stay, then the last of each day; a restart stays for ever.
 */
import { type BackupStore, putSmall, readSmall } from '../../ground/backup/backup-store.ts';
import { DAY_MS } from '../../ground/clock.ts';
import { dayOfHead, type HeadFacts, type HeadSigner, headName, isRestart, nameAt } from './published-head.ts';

export interface ShelvedHead {
  readonly name: string;
  /** Absent when the file is not ours, or was changed. */
  readonly facts: HeadFacts | undefined;
}

export interface HeadShelf {
  readonly place: string;
  readonly publicKey: string;
  put(facts: HeadFacts): Promise<void>;
  newest(): Promise<ShelvedHead | undefined>;
  /** The newest, and the last of each of the `days` before; none older than a restart. */
  list(days: number): Promise<ShelvedHead[]>;
  /** Takes away what need not stay; returns how many. */
  thin(now: Date): Promise<number>;
}

const KEEP_ALL_MS = 2 * DAY_MS;
const TAKEN_AWAY_AT_ONCE = 3_000;

export function openHeadShelf(store: BackupStore, signer: HeadSigner): HeadShelf {
  const names = async (): Promise<string[]> =>
    (await store.list()).filter((name) => dayOfHead(name) !== undefined).toReversed();
  const read = async (name: string): Promise<ShelvedHead> => ({
    name,
    facts: signer.read(await readSmall(store, name)),
  });
  return {
    place: store.place,
    publicKey: signer.publicKey,
    put: async (facts) => await putSmall(store, headName(facts), signer.write(facts)),
    newest: async () => {
      const [name] = await names();
      return name === undefined ? undefined : await read(name);
    },
    list: async (days) => {
      const chosen = lastOfEachDay(sinceRestart(await names())).slice(0, days + 1);
      const heads: ShelvedHead[] = [];
      for (const name of chosen) heads.push(await read(name));
      return heads;
    },
    thin: async (now) => {
      const gone = superfluousHeads(await names(), now).slice(0, TAKEN_AWAY_AT_ONCE);
      for (const name of gone) await store.remove(name);
      return gone.length;
    },
  };
}

/** `names` newest first, as everywhere here. */
export function superfluousHeads(names: readonly string[], now: Date): string[] {
  const keepFrom = nameAt(new Date(now.getTime() - KEEP_ALL_MS));
  const stays = new Set(lastOfEachDay(names));
  return names.filter((name) => name < keepFrom && !stays.has(name) && !isRestart(name));
}

function sinceRestart(names: readonly string[]): readonly string[] {
  const restart = names.findIndex(isRestart);
  return restart === -1 ? names : names.slice(0, restart + 1);
}

function lastOfEachDay(names: readonly string[]): string[] {
  return names.filter((name, place) => place === 0 || dayOfHead(name) !== dayOfHead(names[place - 1] ?? ''));
}
