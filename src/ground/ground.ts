/**
 * Is what every act stands on: time, chance, ids and the queue, handed in together.
 */
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import type { Ids } from './identifiers.ts';
import type { Queue } from './queue/job.ts';

export interface Ground {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ids: Ids;
  readonly queue: Queue;
}
