/**
 * Lets a process tell people what became of their money: it writes the messages down and hands them to the relay.
 */
import { sendMessagesOnce } from '../src/wallet/messages/send-messages-once.ts';
import { writeMessagesOnce } from '../src/wallet/messages/write-messages-once.ts';
import { count } from './coverage.ts';
import type { Process } from './crash.ts';
import type { World } from './world.ts';

const AT_ONCE = 20;
/** Small, so that many a universe meets it: a third of it is for messages. */
const PER_DAY = 15;
export const MOST_TOLD_A_DAY = PER_DAY / 3;

export async function tellPeople(world: World, on: Process): Promise<void> {
  await writeMessagesOnce(on.db, world.ground, AT_ONCE);
  const before = world.relay.given.length;
  const options = { sms: world.relay.seenBy(on), perDay: PER_DAY, limit: AT_ONCE };
  await sendMessagesOnce(on.db, world.ground, options);
  count(world.coverage, 'message given', world.relay.given.length - before);
}
