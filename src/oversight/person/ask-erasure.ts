/**
 * Writes down that somebody's identity should be erased, and why; another operator decides.
 *
 * Nothing is erased by it. What stands in the way is told now, to whoever can settle it, and looked for again when it is
 * decided: a person may have recharged since.
 *
 * Refuses: console-not-permitted, console-reason-missing, person-absent, erasure-obstacles, erasure-asked-already.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { findPerson } from '../../people/person.rows.ts';
import { PERSON_ABSENT } from '../../people/person.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';
import { obstaclesRefusal } from './erase-person.ts';
import { findOpenErasure, insertErasureRequest, markErasureDecided } from './erasure-request.rows.ts';
import { listObstacles } from './list-obstacles.ts';

/** As long as any proposal: who settles a wallet has the time, and nobody is erased by a request that all forgot. */
const REQUEST_LIFE_MS = 3 * DAY_MS;

const ASKED_ALREADY = refusal(
  'erasure-asked-already',
  'conflict',
  'L’effacement de cette personne est déjà demandé et attend une décision.',
  'The erasure of this person is asked for already and waits for a decision.',
);

/** The id of the request. */
export async function askErasure(
  tx: Tx,
  ground: Ground,
  by: Operator,
  asked: { readonly personId: string; readonly reason: string },
): Promise<Answer<string>> {
  return await actAs(tx, ground, by, {
    needs: 'ask-erasure',
    run: async () => {
      const { personId } = asked;
      const reason = asked.reason.trim();
      if (reason.length < 3) return refused(REASON_MISSING);
      const person = await findPerson(tx, personId);
      if (person === undefined || person.erasedAt !== undefined) return refused(PERSON_ABSENT);
      const obstacles = await listObstacles(tx, ground.clock, person);
      if (obstacles.length > 0) return refused(obstaclesRefusal(obstacles));
      const now = ground.clock.now();
      const earlier = await findOpenErasure(tx, personId);
      if (earlier !== undefined) {
        if (earlier.expiresAt > now) return refused(ASKED_ALREADY);
        await markErasureDecided(tx, earlier.id, { decision: 'refused', by: by.personId, at: now });
      }
      const id = ground.ids.next('era');
      const inserted = await insertErasureRequest(tx, {
        id,
        personId,
        reason,
        askedBy: by.personId,
        askedAt: now,
        expiresAt: after(now, REQUEST_LIFE_MS),
      });
      if (!inserted) return refused(ASKED_ALREADY);
      return accepted({
        value: id,
        entry: { act: 'person.erasure-asked', subjectId: personId, reason, after: { request: id } },
      });
    },
  });
}
