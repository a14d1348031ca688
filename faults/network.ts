/**
 * Is the way between us and the provider: it loses, delays and doubles what travels on it.
 *
 * A delayed call is parked: the step that made it stands still while the world goes on, and is let go later, in any
 * order. That is how an answer comes after a lease, a callback before an answer, and two steps into each other.
 */
import type { Chance } from '../src/ground/chance.ts';
import { type Coverage, count } from './coverage.ts';
import { happens } from './dice.ts';
import { FAIR, MOVE_FAULTS, type MoveFault, READ_FAULTS, type ReadFault, type Weather } from './weather.ts';

interface ParkedCall {
  readonly owner: object;
  readonly goOn: () => void;
  readonly die: (cause: Error) => void;
}

export interface Network {
  weather: Weather;
  /** Faults of the next calls, in order, before the weather is asked: for scenarios. */
  readonly nextMoves: (MoveFault | 'well')[];
  readonly nextReads: (ReadFault | 'well')[];
  drawMove(chance: Chance): MoveFault | 'well';
  drawRead(chance: Chance): ReadFault | 'well';
  /** Waits until the world lets the call go on. */
  park(owner: object): Promise<void>;
  parkedCount(): number;
  /** Lets one parked call go on, the `place`-th oldest; false when none is parked. */
  release(place: number): boolean;
  /** Ends all parked calls of a process that died. */
  kill(owner: object, cause: Error): void;
  /** Resolves when a call is parked, now or later. */
  nextParking(): Promise<void>;
}

export function openNetwork(coverage: Coverage): Network {
  const parked: ParkedCall[] = [];
  let watchers: (() => void)[] = [];
  const draw = <F extends MoveFault | ReadFault>(
    chance: Chance,
    scripted: (F | 'well')[],
    faults: readonly F[],
  ): F | 'well' => {
    const next = scripted.shift();
    const drawn = next ?? faults.find((fault) => happens(chance, network.weather[fault])) ?? 'well';
    if (drawn !== 'well') count(coverage, `fault ${drawn}`);
    return drawn;
  };
  const network: Network = {
    weather: FAIR,
    nextMoves: [],
    nextReads: [],
    drawMove: (chance) => draw(chance, network.nextMoves, MOVE_FAULTS),
    drawRead: (chance) => draw(chance, network.nextReads, READ_FAULTS),
    park: async (owner) =>
      await new Promise<void>((goOn, die) => {
        parked.push({ owner, goOn, die });
        for (const watcher of watchers) watcher();
        watchers = [];
      }),
    parkedCount: () => parked.length,
    release(place) {
      const [call] = parked.splice(place, 1);
      call?.goOn();
      return call !== undefined;
    },
    kill(owner, cause) {
      for (const call of parked.filter((one) => one.owner === owner)) call.die(cause);
      const left = parked.filter((one) => one.owner !== owner);
      parked.splice(0, parked.length, ...left);
    },
    nextParking: async () => await new Promise<void>((seen) => watchers.push(seen)),
  };
  return network;
}
