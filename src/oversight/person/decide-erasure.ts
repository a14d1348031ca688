/**
 * Erases an identity that another operator asked to be erased, or turns the request down. Never one's own.
 *
 * It cannot be undone, so two people do it, known by the database too. Approving is the one act of `erase-person.ts`, with
 * the reason of whoever asked.
 *
 * Refuses: console-not-permitted, erasure-absent, erasure-request-stale, erasure-own-request, and what `erase-person.ts`
 * refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Operator, whyNot } from '../operator.ts';
import { erasePerson } from './erase-person.ts';
import { type ErasureDecision, lockErasure, markErasureDecided } from './erasure-request.rows.ts';

const ABSENT = refusal(
  'erasure-absent',
  'absent',
  'Cette demande d’effacement n’existe pas.',
  'There is no such request for an erasure.',
);
const STALE = refusal(
  'erasure-request-stale',
  'conflict',
  'Cette demande a été décidée ou n’est plus valable. Demandez de nouveau.',
  'This request was decided or is no longer valid. Ask again.',
);
const OWN = refusal(
  'erasure-own-request',
  'denied',
  'Une autre personne que l’auteur de la demande doit effacer.',
  'Somebody other than who asked must erase.',
);

export interface DecidedErasure {
  readonly requestId: string;
  readonly decision: ErasureDecision;
  readonly booksKept_years: number;
}

export async function decideErasure(
  tx: Tx,
  ground: Ground,
  by: Operator,
  decided: DecidedErasure,
): Promise<Answer<ErasureDecision>> {
  const no = whyNot(by, 'erase');
  if (no !== undefined) return refused(no);
  const { requestId, decision, booksKept_years } = decided;
  const request = await lockErasure(tx, requestId);
  if (request === undefined) return refused(ABSENT);
  const now = ground.clock.now();
  if (request.decidedAt !== undefined || request.expiresAt <= now) return refused(STALE);
  const { personId, reason, askedBy } = request;
  if (decision === 'refused') {
    await markErasureDecided(tx, requestId, { decision, by: by.personId, at: now });
    const before = { request: requestId, 'asked-by': askedBy };
    await recordAct(tx, ground, by, { act: 'person.erasure-refused', subjectId: personId, before });
    return accepted(decision);
  }
  if (askedBy === by.personId) return refused(OWN);
  const erased = await erasePerson(tx, ground, by, { personId, reason, booksKept_years, askedBy });
  if (!erased.ok) return erased;
  await markErasureDecided(tx, requestId, { decision, by: by.personId, at: now });
  return accepted(decision);
}
