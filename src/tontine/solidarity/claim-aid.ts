/**
 * Asks for help from the solidarity fund for an event of the by-law, with the paper that proves it.
 *
 * The amount is the by-law's, never the asker's. One event of one person is helped once (the database sees to it); asking
 * again while nobody has answered asks the officers again.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `member-absent`, `aid-proof-missing`,
 * `aid-about-missing`, `aid-claimed`, `approval-nobody`, `request-changed`, and the refusals of `aid-rule.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { type CalendarDay, dayAt } from '../cycles/calendar-day.ts';
import { findLastCycle } from '../cycles/cycle.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Actor } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT, type Membership } from '../members/membership.ts';
import { mayDo, roleMissing } from '../members/permission.ts';
import { type AidClaim, findAidClaim, insertAidClaim } from './aid-claim.rows.ts';
import { aidFor } from './aid-rule.ts';

export interface ClaimAid extends Entering {
  /** Made when the form was drawn. */
  readonly claimId: string;
  /** Oneself when absent; officers claim for others. */
  readonly membershipId?: string | undefined;
  readonly event: string;
  /** Whom it happened to. */
  readonly about: string;
  readonly happenedOn: CalendarDay;
  /** Which paper was shown, and its number. */
  readonly proof: string;
}

export async function claimAid(tx: Tx, ground: Ground, asked: ClaimAid): Promise<Answer<AidClaim>> {
  const actor = await enterGroup(tx, ground, asked, 'claim-aid');
  if (!actor.ok) return actor;
  const earlier = await findAidClaim(tx, asked.claimId);
  if (earlier !== undefined) {
    if (earlier.groupId !== asked.groupId) return refused(REQUEST_CHANGED);
    return earlier.state === 'asked' ? await ask(tx, ground, actor.value, earlier) : accepted(earlier);
  }
  const helped = await whoIsHelped(tx, actor.value, asked.membershipId);
  if (!helped.ok) return helped;
  const about = asked.about.replaceAll(/\s+/g, ' ').trim();
  if (about === '' || about.length > 100) return refused(AID_ABOUT_MISSING);
  if (asked.proof.trim().length < 3) return refused(AID_PROOF_MISSING);
  const { group, rules } = actor.value;
  const now = ground.clock.now();
  const joinedAt = helped.value.joinedAt ?? now;
  const amount = aidFor(rules, {
    event: asked.event,
    joinedOn: dayAt(joinedAt, group.timeZone),
    happenedOn: asked.happenedOn,
    today: dayAt(now, group.timeZone),
  });
  if (!amount.ok) return amount;
  const claim: AidClaim = {
    id: asked.claimId,
    groupId: group.id,
    cycleId: (await findLastCycle(tx, group.id))?.id ?? null,
    membershipId: helped.value.id,
    event: asked.event,
    about,
    happenedOn: asked.happenedOn,
    currency: group.currency,
    amount: amount.value,
    proof: asked.proof.trim(),
    walletPaid: 0n,
    cashWaiting: 0n,
    cashPaid: 0n,
    state: 'asked',
    askedBy: actor.value.membership.id,
    askedAt: now,
    endedAt: null,
  };
  if (!(await insertAidClaim(tx, claim))) return refused(AID_CLAIMED);
  const facts = { event: claim.event, about, amount: String(claim.amount), for: claim.membershipId };
  const { membership } = actor.value;
  const { groupId, id: subjectId } = claim;
  await writeJournal(tx, ground, { groupId, act: 'aid.claimed', actorId: membership.id, subjectId, facts });
  return await ask(tx, ground, actor.value, claim);
}

async function whoIsHelped(
  tx: Tx,
  { membership, roles, group }: Actor,
  membershipId: string | undefined,
): Promise<Answer<Membership>> {
  if (membershipId === undefined || membershipId === membership.id) return accepted(membership);
  if (!mayDo(roles, 'claim-aid-for-another')) return refused(roleMissing('claim-aid-for-another'));
  const helped = await findMembership(tx, membershipId);
  if (helped?.groupId !== group.id) return refused(MEMBER_ABSENT);
  const mayBeHelped = ['active', 'suspended', 'deceased'].includes(helped.state);
  return mayBeHelped ? accepted(helped) : refused(MEMBER_ABSENT);
}

async function ask(tx: Tx, ground: Ground, { rules }: Actor, claim: AidClaim): Promise<Answer<AidClaim>> {
  const request = await askApproval(tx, ground, {
    groupId: claim.groupId,
    rules,
    kind: 'aid',
    subjectId: claim.id,
    requestedBy: claim.askedBy,
    beneficiaryId: claim.membershipId,
    facts: {
      amount: String(claim.amount),
      proof: claim.proof ?? '',
      event: claim.event,
      about: claim.about,
    },
  });
  invariant(claim.state === 'asked', `aid ${claim.id} was decided already`);
  return request.ok ? accepted(claim) : request;
}

export const AID_ABSENT = refusal(
  'aid-absent',
  'absent',
  'Cette demande de secours est introuvable.',
  'This request for help cannot be found.',
);
const AID_CLAIMED = refusal(
  'aid-claimed',
  'conflict',
  'Un secours a déjà été demandé pour cet événement.',
  'Help has already been asked for this event.',
);
const AID_ABOUT_MISSING = refusal(
  'aid-about-missing',
  'invalid',
  'Dites qui est concerné, en 100 lettres au plus.',
  'Say whom it concerns, in at most 100 letters.',
);
const AID_PROOF_MISSING = refusal(
  'aid-proof-missing',
  'invalid',
  'Indiquez la pièce présentée : acte, certificat, bulletin.',
  'Say which paper was shown: certificate, record, bulletin.',
);
