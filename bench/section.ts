/**
 * Says what a part of the benchmark is: cells that are measured in turns, on a stage that is set once.
 *
 * A section opens its own database (or servers, or processes), so that one may be run alone and none warms up another.
 */
import type { TestServer } from '../src/ground/testing/postgres-server.ts';
import type { Measured } from './measure.ts';

export interface BenchOptions {
  readonly rounds: number;
  /** How long one cell is measured in one round. */
  readonly seconds: number;
  /** Everything small: to see that it works, not to judge. */
  readonly quick: boolean;
  /** The sections that are measured at the sizes of the goals: a million payments, ten million transfers. */
  readonly full: readonly string[];
  /** Where the SQL of pgledger is, when somebody brought it. */
  readonly pgledger: string | undefined;
}

export interface BenchWorld {
  readonly server: TestServer;
  readonly settings: readonly string[];
  readonly options: BenchOptions;
  /** Makes an empty database on the server; its address. */
  database(name: string): Promise<string>;
  /** Tells what takes long. */
  say(text: string): void;
}

export type MeasureCell = (seconds: number) => Promise<Measured>;

export interface OpenSection {
  /** What can be measured each round, in this order. */
  readonly cells: ReadonlyMap<string, MeasureCell>;
  /** What each cell was measured with, for the results: sizes, programs. */
  readonly notes?: Readonly<Record<string, string>>;
  /** After every cell: throws when the books are not in order. */
  check(): Promise<void>;
  /** After the last round: the whole journal is read again. */
  checkAll(): Promise<void>;
  close(): Promise<void>;
}

export interface Section {
  readonly name: string;
  /** The names of its cells, known before it is opened. */
  readonly cells: readonly string[];
  /** True when it starts the product as a process, which has to be built first. */
  readonly needsBuild?: boolean;
  /** True when a figure does not change from round to round and is taken once. */
  readonly once?: boolean;
  open(world: BenchWorld): Promise<OpenSection>;
}
