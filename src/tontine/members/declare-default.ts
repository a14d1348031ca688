/**
 * Declares that a share which took its pot has stopped paying, and writes down what it owes and to whom.
 *
 * The debt is what the share was asked for and has not paid, and every round to come: exactly what later pots will miss,
 * so exactly the claims of those who come after. It is declared once; its dues stay the only thing that debits the
 * defaulter, and rounds to come cost no fines on top. The officers are then asked to cover it (`cover-default.ts`).
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-not-running`, `share-absent`,
 * `default-not-served`, `default-not-late`, `shares-sealed`, `reason-missing`, `approval-nobody`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { findLastRequest } from '../approvals/approval-request.rows.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { type RunningCycle, runningCycle } from '../cycles/running-cycle.ts';
import { findShare, markShareEnded, type Share } from '../cycles/share.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listPotDuesOfShare } from '../rounds/due.rows.ts';
import { isDrawSealed } from '../turns/draw.rows.ts';
import { SHARES_SEALED } from '../turns/open-place.ts';
import { SHARE_ABSENT } from '../turns/place-bid.ts';
import { findDefaultOfShare, insertDefault, insertDefaultClaims, type ShareDefault } from './default.rows.ts';
import { planDefault } from './default.ts';
import { hasReason, REASON_MISSING } from './membership.ts';
import { readMissingRounds } from './read-missing-rounds.ts';

export interface DeclareDefault extends Entering {
  readonly shareId: string;
  readonly reason: string;
}

export async function declareDefault(
  tx: Tx,
  ground: Ground,
  asked: DeclareDefault,
): Promise<Answer<ShareDefault>> {
  const actor = await enterGroup(tx, ground, asked, 'cover-default');
  if (!actor.ok) return actor;
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const share = await findShare(tx, asked.shareId);
  if (share?.cycleId !== running.value.cycle.id) return refused(SHARE_ABSENT);
  const earlier = await findDefaultOfShare(tx, share.id);
  if (earlier !== undefined) return await askCover(tx, ground, running.value, earlier);
  if (share.servedAt === null || share.state !== 'active') return refused(DEFAULT_NOT_SERVED);
  const dues = await listPotDuesOfShare(tx, share.id);
  if (!dues.some((due) => due.state === 'late')) return refused(DEFAULT_NOT_LATE);
  if (await isDrawSealed(tx, share.cycleId)) return refused(SHARES_SEALED);
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  const by = actor.value.membership.id;
  const declared = await write(tx, ground, running.value, share, { by, reason: asked.reason });
  return await askCover(tx, ground, running.value, declared);
}

/** Asks the officers, or asks them again where they had not answered in time. */
async function askCover(
  tx: Tx,
  ground: Ground,
  { rules }: RunningCycle,
  declared: ShareDefault,
): Promise<Answer<ShareDefault>> {
  const about = { kind: 'default-cover', subjectId: declared.id } as const;
  if ((await findLastRequest(tx, about))?.state === 'granted') return accepted(declared);
  const request = await askApproval(tx, ground, {
    ...about,
    groupId: declared.groupId,
    rules,
    requestedBy: declared.declaredBy,
    beneficiaryId: declared.membershipId,
    reason: declared.reason,
    facts: { debt: String(declared.debt), share: declared.shareId },
  });
  return request.ok ? accepted(declared) : request;
}

async function write(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  share: Share,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<ShareDefault> {
  const { cycle } = running;
  const missing = await readMissingRounds(tx, cycle, share.id);
  const plan = planDefault(missing, [], cycle.currency);
  const at = ground.clock.now();
  const declared: ShareDefault = {
    id: ground.ids.next('def'),
    groupId: cycle.groupId,
    cycleId: cycle.id,
    shareId: share.id,
    membershipId: share.membershipId,
    debt: plan.debt,
    covered: 0n,
    recovered: 0n,
    declaredBy: by,
    reason: reason.trim(),
    declaredAt: at,
    settledAt: null,
  };
  await markShareEnded(tx, share.id, 'defaulted', at);
  invariant(await insertDefault(tx, declared), `share ${share.id} was declared twice`);
  const claims = plan.claims.filter((claim) => claim.amount > 0n);
  await insertDefaultClaims(
    tx,
    declared.id,
    claims.map((claim) => ({ ...claim, covered: 0n })),
  );
  const facts = { share: share.id, member: share.membershipId, debt: String(plan.debt) };
  const { groupId, id: subjectId } = declared;
  await writeJournal(tx, ground, { groupId, act: 'share.defaulted', actorId: by, subjectId, reason, facts });
  await recordEvent(tx, ground, { name: 'share.defaulted', subjectId, facts });
  return declared;
}

const DEFAULT_NOT_SERVED = refusal(
  'default-not-served',
  'conflict',
  'Cette part n’a pas reçu sa cagnotte : elle ne peut pas être déclarée défaillante, mais elle peut sortir du cycle.',
  'This share has not received its pot: it cannot be declared in default, but it can leave the cycle.',
);
const DEFAULT_NOT_LATE = refusal(
  'default-not-late',
  'conflict',
  'Cette part n’a aucun retard : il n’y a rien à déclarer.',
  'This share is not late with anything: there is nothing to declare.',
);
