/**
 * Says whether somebody may leave their group now, however they leave it.
 *
 * Whoever holds a share of a cycle that runs has money in it, or has everybody else's: a competitor lets a served
 * member walk away. Their share is dealt with first (exit, substitution, default), and then they may go.
 */
import type { Tx } from '../../ground/postgres/database.ts';
import { type Refusal, refusal } from '../../ground/refusal.ts';
import { countSharesHeld } from '../cycles/share.rows.ts';
import { countOpenDues } from '../rounds/due.rows.ts';
import type { Membership } from './membership.ts';
import { listOffices } from './membership-role.rows.ts';

export async function whyNotLeave(tx: Tx, membership: Membership): Promise<Refusal | undefined> {
  if ((await countSharesHeld(tx, membership.id)) > 0) return MEMBER_HOLDS_SHARE;
  if ((await countOpenDues(tx, membership.id)) > 0) return MEMBER_OWES;
  const offices = await listOffices(tx, membership.groupId);
  const presides = offices.some((one) => one.membershipId === membership.id && one.role === 'president');
  return presides ? MEMBER_PRESIDES : undefined;
}

export const MEMBER_HOLDS_SHARE = refusal(
  'member-holds-share',
  'conflict',
  'Ce membre tient une part du cycle en cours. Il faut d’abord régler sa part : sortie, substitution ou fin du cycle.',
  'This member holds a share of the running cycle. The share comes first: exit, substitution, or the end of the cycle.',
);
export const MEMBER_OWES = refusal(
  'member-owes',
  'conflict',
  'Ce membre doit encore de l’argent à la tontine.',
  'This member still owes money to the group.',
);
export const MEMBER_PRESIDES = refusal(
  'member-presides',
  'conflict',
  'Le président doit d’abord passer la main à quelqu’un d’autre.',
  'The president must first hand over to somebody else.',
);
export const MEMBER_KEEPS_NOTES = refusal(
  'member-keeps-notes',
  'conflict',
  'Des espèces du groupe sont encore dans la caisse de ce membre. Il les remet d’abord à un autre responsable.',
  'Notes of the group are still in this member’s box. They must first be given to another keeper.',
);
