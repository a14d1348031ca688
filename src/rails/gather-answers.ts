/**
 * Asks about many rows, a few side by side, and writes the answers in sets: when the writer is free, everything that was
 * answered goes.
 *
 * No timer decides. A slow answer holds up nobody, because those that came meanwhile are written without it; and under
 * load the sets grow by themselves, because answers arrive while the set before is on its way. Failures are told when
 * all has come to its end, as in `side-by-side.ts`.
 */
export interface Gathering<Row, Answered> {
  /** Most questions on their way at once. */
  readonly atOnce: number;
  readonly ask: (row: Row) => Promise<Answered>;
  /** Takes the set; `take` gives the same one when it is called again. Whoever is answered before it is called rides along. */
  readonly write: (take: () => readonly Answered[]) => Promise<void>;
}

export async function gatherAnswers<Row, Answered>(
  rows: readonly Row[],
  gathering: Gathering<Row, Answered>,
): Promise<void> {
  const waiting = [...rows];
  const failures: unknown[] = [];
  let answered: Answered[] = [];
  let writing: Promise<void> | undefined;

  await Promise.all(Array.from({ length: Math.min(gathering.atOnce, rows.length) }, askOn));
  await writing;
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} sets or questions failed, the others are done`);
  }

  async function askOn(): Promise<void> {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      try {
        // Not within the call: the list that is there before the answer may be on its way to the database after it.
        const answer = await gathering.ask(row);
        answered.push(answer);
        writing ??= writeOn();
      } catch (error) {
        failures.push(error);
      }
    }
  }

  async function writeOn(): Promise<void> {
    while (answered.length > 0) await writeSet();
    writing = undefined;
  }

  async function writeSet(): Promise<void> {
    let set: readonly Answered[] | undefined;
    const take = (): readonly Answered[] => {
      if (set === undefined) {
        set = answered;
        answered = [];
      }
      return set;
    };
    try {
      await gathering.write(take);
    } catch (error) {
      failures.push(error);
    }
    // A writer that never came to take them would be called for ever.
    take();
  }
}
