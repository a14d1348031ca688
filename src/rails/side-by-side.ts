/**
 * Works on several rows side by side, so that one bad row never stops the others.
 *
 * With `Promise.all` the first failure would end the step while the others still run unseen, and a row that always
 * fails would hold back every batch that it is in. Here all are brought to their end first, and only then is every
 * failure told: nothing is swallowed.
 */

/** `atOnce` bounds how many are under way; without it all are. */
export async function sideBySide<T>(
  rows: readonly T[],
  act: (row: T) => Promise<unknown>,
  atOnce = rows.length,
): Promise<void> {
  const waiting = [...rows];
  const failures: unknown[] = [];
  await Promise.all(Array.from({ length: Math.min(atOnce, rows.length) }, workOn));
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} of ${rows.length} rows failed, the others are done`,
    );
  }

  async function workOn(): Promise<void> {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      try {
        await act(row);
      } catch (error) {
        failures.push(error);
      }
    }
  }
}

/** Waits for steps that are under way already, whatever becomes of one of them. */
export async function toTheEnd(steps: readonly Promise<void>[]): Promise<void> {
  await sideBySide(steps, async (step) => await step);
}
