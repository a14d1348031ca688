/**
 * Erases somebody: their identity goes, the books stay whole.
 *
 * Books must be kept for years and people have a right to be forgotten: so amounts, dates, ids and transfers stay as they
 * are, hash chain included, and number, name, devices, codes, messages and the numbers on their payments go. An admin
 * asks for it, with a reason, and the trail says so by the id that means nobody any more. Backups made before still have
 * the identity; docs/BACKUP.md says what to do about that.
 *
 * Refuses: console-not-permitted, console-reason-missing, person-absent, erasure-obstacles with each of them in its
 * sentence.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, type Refusal, refusal, refused } from '../../ground/refusal.ts';
import { forgetPerson } from '../../people/forget-person.ts';
import { lockPerson } from '../../people/person.rows.ts';
import { PERSON_ABSENT } from '../../people/person.ts';
import { forgetLiftedNumber } from '../../rails/payments/freeze.rows.ts';
import { forgetNumbersOf } from '../../rails/payments/sealed-number.rows.ts';
import { forgetMembershipsOf } from '../../tontine/members/membership.rows.ts';
import { deleteDestinationsOf } from '../../wallet/destination.rows.ts';
import { forgetRequestedNumbers } from '../../wallet/withdrawal-request.rows.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';
import { listObstacles } from './list-obstacles.ts';

export interface Erasure {
  readonly personId: string;
  readonly reason: string;
  /** The operator who asked for it, where that was somebody else. */
  readonly askedBy?: string;
  /** How long the books of their payments must be kept: the trail remembers until when. */
  readonly booksKept_years: number;
}

export interface Erased {
  /** Payments whose number is forgotten. */
  readonly payments: number;
  /** Until when the books of this person must be kept. */
  readonly booksUntil: Date;
}

export async function erasePerson(
  tx: Tx,
  ground: Ground,
  by: Operator,
  erasure: Erasure,
): Promise<Answer<Erased>> {
  return await actAs(tx, ground, by, {
    needs: 'erase',
    run: async () => {
      const { personId } = erasure;
      const reason = erasure.reason.trim();
      if (reason.length < 3) return refused(REASON_MISSING);
      const person = await lockPerson(tx, personId);
      if (person === undefined || person.erasedAt !== undefined) return refused(PERSON_ABSENT);
      const obstacles = await listObstacles(tx, ground.clock, person);
      if (obstacles.length > 0) return refused(obstaclesRefusal(obstacles));
      const now = ground.clock.now();
      const payments = await forgetNumbersOf(tx, personId);
      await forgetLiftedNumber(tx, person.phone);
      await deleteDestinationsOf(tx, personId);
      await forgetRequestedNumbers(tx, personId);
      await forgetMembershipsOf(tx, { ...person, at: now });
      await forgetPerson(tx, person, now);
      const booksUntil = yearsAfter(now, erasure.booksKept_years);
      const after = {
        payments: String(payments),
        booksUntil: booksUntil.toISOString().slice(0, 10),
        'asked-by': erasure.askedBy,
      };
      return accepted({
        value: { payments, booksUntil },
        entry: { act: 'person.erased', subjectId: personId, reason, after },
      });
    },
  });
}

/** All of them in one sentence. */
export function obstaclesRefusal(obstacles: readonly Refusal[]): Refusal {
  const [fr, en] = [obstacles.map((one) => one.fr).join(' '), obstacles.map((one) => one.en).join(' ')];
  return refusal(
    'erasure-obstacles',
    'conflict',
    `Cette personne ne peut pas être effacée. ${fr}`,
    `This person cannot be erased. ${en}`,
  );
}

/** A year has no fixed length; the same day of the year is what a law means. */
function yearsAfter(instant: Date, years: number): Date {
  const later = new Date(instant.getTime());
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}
