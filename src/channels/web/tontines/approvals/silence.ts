/**
 * Says why somebody's voice is not waited for, in the order in which a person would ask; nothing when it is.
 *
 * The act decides by itself under the group's lock; this only spares people a button that would be refused.
 */
import type { ApprovalRequest, Voice } from '../../../../tontine/approvals/approval.ts';
import type { Actor } from '../../../../tontine/groups/group.ts';
import type { ApprovalPageProps } from './approval-page.tsx';

export type Listener = Pick<Actor, 'membership' | 'roles'>;

export function silenceOf(
  request: ApprovalRequest,
  voices: readonly Voice[],
  { membership, roles }: Listener,
): ApprovalPageProps['silentBecause'] {
  if (membership.id === request.requestedBy) return 'own-request';
  if (membership.id === request.beneficiaryId) return 'beneficiary';
  if (voices.some((voice) => voice.membershipId === membership.id)) return 'answered';
  const isOfficer = roles.some((role) => role !== 'member');
  if (membership.state !== 'active' || (request.electorate === 'officers' && !isOfficer)) return 'no-office';
  return undefined;
}

export function isOpen(request: ApprovalRequest, now: Date): boolean {
  return request.state === 'open' && request.expiresAt > now;
}
