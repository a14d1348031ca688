/**
 * Gathers everything that is kept about one person in the name of the host, for the command on the machine itself.
 *
 * Whoever runs it could read the database anyway. What the command adds is the entry in the trail, so that the console
 * tells everybody that it was done.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Person } from '../../people/person.ts';
import { recordAct } from '../audit/record-act.ts';
import { BY_HOST } from '../operator.ts';
import { gatherPerson } from './gather-person.ts';

/** A text of JSON. */
export async function exportFromHost(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  asked: { readonly person: Person; readonly reason: string | undefined },
): Promise<string> {
  const told = await gatherPerson(tx, asked.person, ground.clock.now());
  const reason = asked.reason?.trim();
  await recordAct(tx, ground, BY_HOST, {
    act: 'person.exported',
    subjectId: asked.person.id,
    ...(reason === undefined || reason === '' ? {} : { reason }),
  });
  return told;
}
