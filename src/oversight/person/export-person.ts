/**
 * Hands an operator everything that is kept about one person, to be given to that person, and writes down that it was
 * taken and why.
 *
 * It is the largest look at somebody that there is, numbers whole: so the trail comes with it, as with any whole number.
 *
 * Refuses: console-not-permitted, console-reason-missing, person-absent.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { findPerson } from '../../people/person.rows.ts';
import { PERSON_ABSENT } from '../../people/person.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';
import { gatherPerson } from './gather-person.ts';

/** A text of JSON. */
export async function exportPerson(
  tx: Tx,
  ground: Ground,
  by: Operator,
  asked: { readonly personId: string; readonly reason: string },
): Promise<Answer<string>> {
  return await actAs(tx, ground, by, {
    needs: 'export-person',
    run: async () => {
      const { personId } = asked;
      const reason = asked.reason.trim();
      if (reason.length < 3) return refused(REASON_MISSING);
      const person = await findPerson(tx, personId);
      if (person === undefined || person.erasedAt !== undefined) return refused(PERSON_ABSENT);
      return accepted({
        value: await gatherPerson(tx, person, ground.clock.now()),
        entry: { act: 'person.exported', subjectId: personId, reason },
      });
    },
  });
}
