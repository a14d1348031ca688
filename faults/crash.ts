/**
 * Is one process of the product that can die at any point: before a transaction, before its commit, after its commit
 * with the answer lost, before a call leaves and after it was executed.
 *
 * Its database is the real one behind a door. Once the process has died the door is shut: whatever still runs in it
 * finds nothing to write to, as in a process that was killed. What was committed stays, what was in memory is gone.
 */
import type { Db, Tx } from '../src/ground/postgres/database.ts';
import type { Rails } from '../src/rails/rails.ts';
import { type Coverage, count } from './coverage.ts';

export class CrashedHere extends Error {
  override readonly name = 'CrashedHere';
}

/** Where a process can die. */
export type CrashPoint = 'begin' | 'before commit' | 'after commit' | 'before call' | 'after call';

export interface Process {
  readonly name: string;
  readonly db: Db;
  rails: Rails;
  alive: boolean;
  /** Dies at the n-th point from now; 1 is the next one. */
  dieAfter: number | undefined;
  /** The n-th transaction from now fails to serialize once, as PostgreSQL may ask. */
  conflictAfter: number | undefined;
  /** The database is not reachable. */
  isCutOff: boolean;
  /** Called when it dies. */
  onDeath: (cause: CrashedHere) => void;
  /** Passes a point; throws `CrashedHere` when the process dies there or is dead. */
  reach(point: CrashPoint): void;
}

export function startProcess(name: string, db: Db, coverage: Coverage): Process {
  const process: Process = {
    name,
    db: guardedDb(db, () => process),
    // The caller sets it at once: the provider needs the process to make its calls.
    rails: undefined as unknown as Rails,
    alive: true,
    dieAfter: undefined,
    conflictAfter: undefined,
    isCutOff: false,
    onDeath: () => undefined,
    reach(point) {
      if (!process.alive) throw new CrashedHere(`${name} is dead`);
      if (process.dieAfter === undefined) return;
      process.dieAfter -= 1;
      if (process.dieAfter > 0) return;
      process.alive = false;
      count(coverage, `crash ${point}`);
      const cause = new CrashedHere(`${name} died ${point}`);
      process.onDeath(cause);
      throw cause;
    },
  };
  return process;
}

/** What PostgreSQL says when two transactions cannot both be true. */
class SerializationFailure extends Error {
  readonly code = '40001';
}

/** What the driver says when nobody listens. */
class ServerGone extends Error {
  readonly code = 'ECONNREFUSED';
}

function guardedDb(db: Db, owner: () => Process): Db {
  const execute = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    const process = owner();
    process.reach('begin');
    if (process.isCutOff) throw new ServerGone('the database is away');
    const value = await db.transaction().execute(async (tx) => {
      const done = await act(tx);
      process.reach('before commit');
      if (process.conflictAfter !== undefined && --process.conflictAfter <= 0) {
        process.conflictAfter = undefined;
        throw new SerializationFailure('could not serialize access');
      }
      return done;
    });
    process.reach('after commit');
    return value;
  };
  return new Proxy(db, {
    get(target, name) {
      const process = owner();
      if (!process.alive) throw new CrashedHere(`${process.name} is dead`);
      if (process.isCutOff && name !== 'transaction') throw new ServerGone('the database is away');
      if (name === 'transaction') return () => ({ execute });
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

/** True when an error is nothing but the death of the process, alone or among the failures of several rows. */
export function isDeath(error: unknown): boolean {
  if (error instanceof CrashedHere) return true;
  return error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isDeath);
}

/** True when an error says that the database was away. */
export function isServerGone(error: unknown): boolean {
  if (error instanceof ServerGone) return true;
  return error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isServerGone);
}
