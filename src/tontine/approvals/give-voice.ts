/**
 * Takes one person's yes or no to a request, and does what was asked when it was the deciding one.
 *
 * All of a group's voices come one after the other, so two officers who answer in the same second make one payout. The
 * same answer again changes nothing. The database refuses a voice of whoever asked or gains, whatever this file does.
 *
 * Refuses: `group-absent`, `member-suspended`, `approval-absent`, `approval-over`, `approval-voice-excluded`,
 * `approval-voice-missing`, `approval-voice-given`, `reason-missing` (for a no), and what the consequence refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, type Refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Actor } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { hasReason, REASON_MISSING } from '../members/membership.ts';
import { postMoves } from '../rounds/post-moves.ts';
import { afterRefusal } from './after-refusal.ts';
import {
  APPROVAL_ABSENT,
  APPROVAL_OVER,
  type ApprovalRequest,
  isEnough,
  VOICE_EXCLUDED,
  VOICE_GIVEN,
  VOICE_MISSING,
  type Voice,
} from './approval.ts';
import { findApprovalRequest, markRequestDecided } from './approval-request.rows.ts';
import { insertVoice, listVoices } from './approval-vote.rows.ts';
import { carryOut } from './carry-out.ts';

export interface GiveVoice extends Entering {
  readonly requestId: string;
  readonly voice: 'yes' | 'no';
  readonly reason?: string;
}

/** The request as it stands after this voice. */
export async function giveVoice(tx: Tx, ground: Ground, asked: GiveVoice): Promise<Answer<ApprovalRequest>> {
  const actor = await enterGroup(tx, ground, asked, 'see-group');
  if (!actor.ok) return actor;
  const request = await findApprovalRequest(tx, asked.requestId);
  if (request === undefined || request.groupId !== asked.groupId) return refused(APPROVAL_ABSENT);
  const voices = await listVoices(tx, request.id);
  const own = voices.find((one) => one.membershipId === actor.value.membership.id);
  if (own !== undefined) return own.voice === asked.voice ? accepted(request) : refused(VOICE_GIVEN);
  const no = whyNot(request, actor.value, asked, ground.clock.now());
  if (no !== undefined) return refused(no);
  const given = await record(tx, ground, actor.value, asked);
  if (given.voice === 'no') return await refuse(tx, ground, request);
  if (!isEnough(request, [...voices, given])) return accepted(request);
  return await grant(tx, ground, request);
}

function whyNot(request: ApprovalRequest, actor: Actor, asked: GiveVoice, now: Date): Refusal | undefined {
  const { membership, roles } = actor;
  if (request.state !== 'open' || request.expiresAt <= now) return APPROVAL_OVER;
  if (membership.id === request.requestedBy || membership.id === request.beneficiaryId) return VOICE_EXCLUDED;
  const isOfficer = roles.some((role) => role !== 'member');
  if (membership.state !== 'active' || (request.electorate === 'officers' && !isOfficer))
    return VOICE_MISSING;
  return asked.voice === 'no' && !hasReason(asked.reason) ? REASON_MISSING : undefined;
}

async function record(tx: Tx, ground: Ground, actor: Actor, asked: GiveVoice): Promise<Voice> {
  const { membership, roles } = actor;
  const voice: Voice = {
    requestId: asked.requestId,
    membershipId: membership.id,
    voice: asked.voice,
    isPresident: roles.includes('president') || roles.includes('vice-president'),
    reason: asked.reason?.trim() || null,
    at: ground.clock.now(),
  };
  await insertVoice(tx, asked.groupId, voice);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: asked.voice === 'yes' ? 'approval.given' : 'approval.denied',
    actorId: membership.id,
    subjectId: asked.requestId,
    reason: asked.reason,
  });
  return voice;
}

async function refuse(tx: Tx, ground: Ground, request: ApprovalRequest): Promise<Answer<ApprovalRequest>> {
  const at = ground.clock.now();
  await markRequestDecided(tx, request.id, 'refused', at);
  await afterRefusal(tx, ground, request);
  return accepted({ ...request, state: 'refused', decidedAt: at });
}

async function grant(tx: Tx, ground: Ground, request: ApprovalRequest): Promise<Answer<ApprovalRequest>> {
  const at = ground.clock.now();
  await markRequestDecided(tx, request.id, 'granted', at);
  const transfers = await carryOut(tx, ground, request);
  if (!transfers.ok) return transfers;
  const posted = await postMoves(tx, ground, transfers.value);
  if (!posted.ok) return posted;
  return accepted({ ...request, state: 'granted', decidedAt: at });
}
