/**
 * Lists every sealed column of the product: what a change of keys walks along, and what an export opens.
 */
import type { SealedColumn } from '../../ground/seal/sealed-column.ts';
import { SEALED_IN_INVITATIONS } from '../../people/operator-invitation.rows.ts';
import { SEALED_IN_PEOPLE } from '../../people/person.rows.ts';
import { SEALED_IN_CALLBACKS } from '../../rails/inbox/provider-callback.rows.ts';
import { SEALED_IN_FREEZES } from '../../rails/payments/freeze.rows.ts';
import { SEALED_IN_PAYMENTS } from '../../rails/payments/sealed-number.rows.ts';
import { SEALED_IN_MEMBERSHIPS } from '../../tontine/members/sealed-member.rows.ts';
import { SEALED_IN_DESTINATIONS } from '../../wallet/destination.rows.ts';
import { SEALED_IN_REQUESTS } from '../../wallet/withdrawal-request.rows.ts';

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  ...SEALED_IN_PEOPLE,
  ...SEALED_IN_PAYMENTS,
  ...SEALED_IN_REQUESTS,
  ...SEALED_IN_DESTINATIONS,
  ...SEALED_IN_MEMBERSHIPS,
  ...SEALED_IN_INVITATIONS,
  ...SEALED_IN_FREEZES,
  ...SEALED_IN_CALLBACKS,
];
