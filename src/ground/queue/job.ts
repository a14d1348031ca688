/**
 * Is a piece of work to be done soon, enqueued in the same transaction as the fact that calls for it.
 *
 * A job is a wake-up, never the truth: the rows say what is due, and each job runs a bounded `…-once` step that looks
 * at them. A lost or doubled job therefore changes nothing but the moment.
 */
import type { Tx } from '../postgres/database.ts';

/** Lower-case words with dashes, unique in the product. */
export interface Job {
  readonly name: string;
  /** What the job does, for the operator. */
  readonly meaning: string;
  /** How long one run may take before the queue gives it to somebody else; a quarter of an hour unless told. */
  readonly longest_s?: number;
}

export interface EnqueueOptions {
  /** Not before this instant; default at once. */
  readonly startAfter?: Date;
}

export interface Queue {
  /** Asks for `job` once the transaction commits; a rolled-back transaction leaves no job. */
  enqueue(tx: Tx, job: Job, options?: EnqueueOptions): Promise<void>;
}
