/**
 * Works on several rows side by side, so that one bad row never stops the others.
 *
 * With `Promise.all` the first failure would end the step while the others still run unseen, and a row that always
 * fails would hold back every batch that it is in. Here all are brought to their end first, and only then is every
 * failure told: nothing is swallowed.
 */
export async function sideBySide<T>(rows: readonly T[], act: (row: T) => Promise<unknown>): Promise<void> {
  const ends = await Promise.allSettled(rows.map(async (row) => await act(row)));
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} of ${rows.length} rows failed, the others are done`,
    );
  }
}
