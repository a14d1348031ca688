/**
 * Lists what stands in the way of erasing somebody: money, debts and decisions that need to know whose they are.
 *
 * All of it is named at once, so that whoever settles it is not sent away a second time.
 */
import { after, type Clock, MINUTE_MS } from '../../ground/clock.ts';
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import { readBalances } from '../../ground/ledger/balance.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type Refusal, refusal } from '../../ground/refusal.ts';
import type { Person } from '../../people/person.ts';
import { findRoles } from '../../people/role-grant.rows.ts';
import { wasSeenSince } from '../../people/session.rows.ts';
import { hasFreezeOn } from '../../rails/payments/freeze.rows.ts';
import { hasUnfinishedPayment } from '../../rails/payments/sealed-number.rows.ts';
import { hasPlace } from '../../tontine/members/membership.rows.ts';
import { hasOpenRequest } from '../../wallet/withdrawal-request.rows.ts';

const CURRENCIES: readonly Currency[] = ['XOF', 'XAF', 'GNF'];
/** A page that was opened before may still send its form; no request lasts that long. */
const STILL_HERE_MS = 10 * MINUTE_MS;

export async function listObstacles(reader: Reader, clock: Clock, person: Person): Promise<Refusal[]> {
  const { id, phone } = person;
  const accounts = (['member', 'receivable'] as const).flatMap((kind) =>
    CURRENCIES.map((currency): AccountId => accountId(kind, id, currency)),
  );
  const balances = [...(await readBalances(reader, accounts)).values()];
  const hasMoney = balances.some((balance) =>
    [balance.posted, balance.pendingIn, balance.pendingOut].some((part) => part !== 0n),
  );
  const roles = await findRoles(reader, id);
  const checks: readonly (readonly [boolean, Refusal])[] = [
    [hasMoney, BALANCE_LEFT],
    [(await hasUnfinishedPayment(reader, id)) || (await hasOpenRequest(reader, id)), PAYMENT_UNFINISHED],
    [await hasPlace(reader, id), GROUP_MEMBER],
    [await hasFreezeOn(reader, { ownerId: id, phone }), FROZEN],
    [roles.some((role) => role !== 'member'), ROLE_LEFT],
    [await wasSeenSince(reader, id, after(clock.now(), -STILL_HERE_MS)), STILL_HERE],
  ];
  return checks.flatMap(([stands, obstacle]) => (stands ? [obstacle] : []));
}

const BALANCE_LEFT = refusal(
  'erasure-balance-left',
  'conflict',
  'Le portefeuille n’est pas vide, ou une créance est ouverte.',
  'The wallet is not empty, or a claim is open.',
);
const PAYMENT_UNFINISHED = refusal(
  'erasure-payment-unfinished',
  'conflict',
  'Un paiement n’est pas fini, est encore suivi chez le fournisseur, ou attend une décision.',
  'A payment is not finished, is still asked about at the provider, or waits for a decision.',
);
const GROUP_MEMBER = refusal(
  'erasure-group-member',
  'conflict',
  'La personne est membre d’une tontine, ou y est invitée : elle doit d’abord en sortir.',
  'The person is a member of a group, or invited to one: they must leave it first.',
);
const FROZEN = refusal(
  'erasure-frozen',
  'conflict',
  'Un gel porte sur la personne ou sur son numéro.',
  'A freeze is on the person or on their number.',
);
const ROLE_LEFT = refusal(
  'erasure-role-left',
  'conflict',
  'La personne travaille dans la console : reprenez-lui d’abord son rôle.',
  'The person works in the console: take their role back first.',
);
const STILL_HERE = refusal(
  'erasure-still-here',
  'unavailable',
  'La personne est connectée : fermez ses sessions et attendez dix minutes.',
  'The person is signed in: end their sessions and wait ten minutes.',
);
