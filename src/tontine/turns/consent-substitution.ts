/**
 * Takes the yes or no of one of the two people of a substitution; with both yeses the officers are asked.
 *
 * Refuses: `group-absent`, `member-suspended`, `substitution-absent`, `substitution-over`, `approval-nobody`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { askApproval } from '../approvals/ask-approval.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import type { Actor } from '../groups/group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import {
  findSubstitution,
  markSubstitutionConsent,
  markSubstitutionEnded,
  type Substitution,
} from './substitution.rows.ts';

export interface ConsentSubstitution extends Entering {
  readonly substitutionId: string;
  readonly voice: 'yes' | 'no';
}

export async function consentSubstitution(
  tx: Tx,
  ground: Ground,
  asked: ConsentSubstitution,
): Promise<Answer<Substitution>> {
  const actor = await enterGroup(tx, ground, asked, 'consent-swap');
  if (!actor.ok) return actor;
  const by = actor.value.membership.id;
  const substitution = await findSubstitution(tx, asked);
  const isTheirs = substitution !== undefined && [substitution.fromId, substitution.toId].includes(by);
  if (!isTheirs) return refused(SUBSTITUTION_ABSENT);
  if (substitution.state === 'refused' && asked.voice === 'no') return accepted(substitution);
  if (substitution.state !== 'asked') return refused(SUBSTITUTION_OVER);
  const at = ground.clock.now();
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'share.substitution-answered',
    actorId: by,
    subjectId: substitution.id,
    facts: { voice: asked.voice },
  });
  if (asked.voice === 'no') {
    await markSubstitutionEnded(tx, substitution.id, 'refused', at);
    return accepted({ ...substitution, state: 'refused', endedAt: at });
  }
  const agreed: Substitution = {
    ...substitution,
    consentFromAt: by === substitution.fromId ? at : substitution.consentFromAt,
    consentToAt: by === substitution.toId ? at : substitution.consentToAt,
  };
  await markSubstitutionConsent(tx, agreed);
  if (agreed.consentFromAt === null || agreed.consentToAt === null) return accepted(agreed);
  return await askOfficers(tx, ground, actor.value, agreed);
}

/** The newcomer asks, and the one who leaves gains: neither has a voice. */
async function askOfficers(
  tx: Tx,
  ground: Ground,
  { rules }: Actor,
  substitution: Substitution,
): Promise<Answer<Substitution>> {
  const request = await askApproval(tx, ground, {
    groupId: substitution.groupId,
    rules,
    kind: 'substitution',
    subjectId: substitution.id,
    requestedBy: substitution.toId,
    beneficiaryId: substitution.fromId,
    facts: { share: substitution.shareId, price: String(substitution.price) },
  });
  return request.ok ? accepted(substitution) : request;
}

export const SUBSTITUTION_ABSENT = refusal(
  'substitution-absent',
  'absent',
  'Cette substitution est introuvable.',
  'This substitution cannot be found.',
);
export const SUBSTITUTION_OVER = refusal(
  'substitution-over',
  'conflict',
  'Cette substitution est déjà faite ou refusée.',
  'This substitution is already done or refused.',
);
