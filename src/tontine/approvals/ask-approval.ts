/**
 * Asks the officers, or all members where officers are too few, to agree to something.
 *
 * Who may answer is decided here, once: whoever asks and whoever gains is left out, and as many voices are needed as
 * the by-law says, or as there are. A payout also needs one of the heads, unless both are left out: a president must
 * be able to be paid. The same question is asked once while it is open; one whose time is over is ended here when it is
 * asked anew, because the night that ends them may not have come yet.
 *
 * Refuses: `approval-nobody`.
 */
import { after, HOUR_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import type { Rules } from '../groups/rules.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listMembers } from '../members/membership.rows.ts';
import { listOffices } from '../members/membership-role.rows.ts';
import { type ApprovalKind, type ApprovalRequest, NOBODY_TO_ASK } from './approval.ts';
import { findLastRequest, insertApprovalRequest } from './approval-request.rows.ts';
import { expireApproval } from './expire-approval.ts';

export interface AskApproval {
  readonly groupId: string;
  readonly rules: Rules;
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  /** The membership that asks; nobody, when the rules do. */
  readonly requestedBy?: string | undefined;
  readonly beneficiaryId?: string | undefined;
  readonly reason?: string | undefined;
  readonly facts?: Readonly<Record<string, string>>;
}

export async function askApproval(
  tx: Tx,
  ground: Ground,
  asked: AskApproval,
): Promise<Answer<ApprovalRequest>> {
  const now = ground.clock.now();
  const earlier = await findLastRequest(tx, asked);
  if (earlier?.state === 'open' && earlier.expiresAt > now) return accepted(earlier);
  const electorate = await electorateOf(tx, asked);
  if (electorate === undefined) return refused(NOBODY_TO_ASK);
  if (earlier?.state === 'open') await expireApproval(tx, ground, earlier);
  const request: ApprovalRequest = {
    id: ground.ids.next('apv'),
    groupId: asked.groupId,
    kind: asked.kind,
    subjectId: asked.subjectId,
    requestedBy: asked.requestedBy ?? null,
    beneficiaryId: asked.beneficiaryId ?? null,
    reason: asked.reason?.trim() || null,
    facts: asked.facts ?? {},
    ...electorate,
    state: 'open',
    createdAt: now,
    expiresAt: after(now, asked.rules.approvalHours * HOUR_MS),
    decidedAt: null,
  };
  await insertApprovalRequest(tx, request);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'approval.asked',
    actorId: asked.requestedBy,
    subjectId: request.id,
    reason: asked.reason,
    facts: { kind: asked.kind, about: asked.subjectId },
  });
  return accepted(request);
}

type Asked = Pick<ApprovalRequest, 'electorate' | 'needed' | 'needsPresident'>;

async function electorateOf(tx: Tx, asked: AskApproval): Promise<Asked | undefined> {
  const kept = new Set([asked.requestedBy, asked.beneficiaryId]);
  // Only people with a phone can answer.
  const members = (await listMembers(tx, asked.groupId, ['active'])).filter(
    (member) => member.personId !== null && !kept.has(member.id),
  );
  const free = new Set(members.map((member) => member.id));
  const offices = (await listOffices(tx, asked.groupId)).filter((office) => free.has(office.membershipId));
  const officers = new Set(offices.map((office) => office.membershipId));
  const wanted = asked.kind === 'payout' ? asked.rules.approvals.payout : asked.rules.approvals.other;
  const headIsFree = offices.some(
    (office) => office.role === 'president' || office.role === 'vice-president',
  );
  const needsPresident = asked.kind === 'payout' && headIsFree;
  if (officers.size >= wanted) return { electorate: 'officers', needed: wanted, needsPresident };
  if (free.size === 0) return undefined;
  return { electorate: 'members', needed: Math.min(wanted, free.size), needsPresident };
}
