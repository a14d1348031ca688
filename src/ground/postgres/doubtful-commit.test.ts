import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { refuseDoubtfulCommits } from './doubtful-commit.ts';

const WARNING = {
  message: 'canceling wait for synchronous replication due to user request',
  detail: 'The transaction has already committed locally, but might not have been replicated to the standby.',
};

/** A connection whose answers come when the test says so. */
function connection() {
  const ends: (() => void)[] = [];
  const client = Object.assign(new EventEmitter(), {
    query: async (text: string) => await new Promise<string>((resolve) => ends.push(() => resolve(text))),
  });
  refuseDoubtfulCommits(client as unknown as pg.ClientBase);
  return { client, ends };
}

const outcomes = async (asked: readonly Promise<string>[]) =>
  (await Promise.allSettled(asked)).map((end) =>
    end.status === 'fulfilled' ? end.value : String(end.reason),
  );

test('a warning puts what is on its way in doubt, also when several answers are read at once, and nothing later', async () => {
  const { client, ends } = connection();
  const [first, second] = [client.query('first'), client.query('second')];
  // One piece of the network: the end of the first, the warning about the second, the end of the second.
  ends[0]?.();
  client.emit('notice', WARNING);
  ends[1]?.();
  const doubt = 'DoubtfulCommit: the commit is on one server only: it may be lost';
  expect(await outcomes([first, second])).toEqual([doubt, doubt]);
  const third = client.query('third');
  ends[2]?.();
  expect(await outcomes([third])).toEqual(['third']);
});

test('what was answered before, and other notices, are believed', async () => {
  const { client, ends } = connection();
  const first = client.query('first');
  ends[0]?.();
  expect(await outcomes([first])).toEqual(['first']);
  const second = client.query('second');
  client.emit('notice', { message: 'relation exists, skipping' });
  ends[1]?.();
  expect(await outcomes([second])).toEqual(['second']);
});
