/**
 * Reads and writes the `second_payments` and `second_payment_proposals` tables: money of somebody who paid twice.
 */
import { type Selectable, sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

/** What two people can decide about a second payment. */
export type SecondOutcome =
  | 'credited' // the wallet of the payment's owner gets it
  | 'returned'; // the provider gave it back to the payer, and owes it to us no more

interface SecondPaymentTable {
  id: string;
  payment_id: string;
  provider_reference: string;
  amount: bigint | null;
  currency: Currency | null;
  found_at: Date;
  closed_at: Date | null;
  outcome: SecondOutcome | 'taken-back' | null;
  reversed_at: Date | null;
}

interface SecondPaymentProposalTable {
  id: string;
  second_payment_id: string;
  outcome: SecondOutcome;
  stated_amount: bigint | null;
  reason: string;
  evidence: string;
  proposed_by: string;
  proposed_at: Date;
  expires_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision: 'approved' | 'refused' | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    second_payments: SecondPaymentTable;
    second_payment_proposals: SecondPaymentProposalTable;
  }
}

export interface SecondPayment {
  readonly id: string;
  readonly paymentId: string;
  /** The provider's name for the second transaction. */
  readonly providerReference: string;
  /** What lies in suspense; absent while nobody can read how much it was. */
  readonly amount: bigint | undefined;
  readonly currency: Currency | undefined;
  readonly foundAt: Date;
  readonly closedAt: Date | undefined;
  /** `taken-back`: the provider took it back before anybody decided. */
  readonly outcome: SecondOutcome | 'taken-back' | undefined;
  readonly reversedAt: Date | undefined;
}

export interface SecondPaymentProposal {
  readonly id: string;
  readonly secondPaymentId: string;
  readonly outcome: SecondOutcome;
  readonly statedAmount: bigint | undefined;
  readonly reason: string;
  readonly evidence: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | undefined;
}

/** Writes it down, unless it is known already. */
export async function insertSecondPayment(
  tx: Tx,
  second: Pick<SecondPayment, 'id' | 'paymentId' | 'providerReference' | 'amount' | 'currency' | 'foundAt'>,
): Promise<void> {
  await tx
    .insertInto('second_payments')
    .values({
      id: second.id,
      payment_id: second.paymentId,
      provider_reference: second.providerReference,
      amount: second.amount ?? null,
      currency: second.currency ?? null,
      found_at: second.foundAt,
      closed_at: null,
      outcome: null,
      reversed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findSecondPayment(
  reader: Reader,
  paymentId: string,
  providerReference: string,
): Promise<SecondPayment | undefined> {
  const row = await reader
    .selectFrom('second_payments')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .where('provider_reference', '=', providerReference)
    .executeTakeFirst();
  return row && toSecondPayment(row);
}

export async function findSecondPaymentById(reader: Reader, id: string): Promise<SecondPayment | undefined> {
  const row = await reader.selectFrom('second_payments').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toSecondPayment(row);
}

/** By the provider's names for them. */
export async function listSecondPaymentsNamed(
  reader: Reader,
  references: readonly string[],
): Promise<SecondPayment[]> {
  if (references.length === 0) return [];
  const rows = await reader
    .selectFrom('second_payments')
    .selectAll()
    .where(sql<boolean>`provider_reference = any(${arrayText(references)}::text[])`)
    .orderBy('id')
    .execute();
  return rows.map(toSecondPayment);
}

/** All second payments of these payments. */
export async function listSecondPaymentsOf(
  reader: Reader,
  paymentIds: readonly string[],
): Promise<SecondPayment[]> {
  if (paymentIds.length === 0) return [];
  const rows = await reader
    .selectFrom('second_payments')
    .selectAll()
    .where(sql<boolean>`payment_id = any(${arrayText(paymentIds)}::text[])`)
    .orderBy('id')
    .execute();
  return rows.map(toSecondPayment);
}

/** Those that nobody has decided, oldest first. */
export async function listOpenSecondPayments(reader: Reader, limit: number): Promise<SecondPayment[]> {
  const rows = await reader
    .selectFrom('second_payments')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toSecondPayment);
}

export async function markSecondPayment(
  tx: Tx,
  id: string,
  change: {
    readonly amount?: bigint;
    readonly currency?: Currency;
    readonly outcome?: SecondOutcome | 'taken-back';
    readonly closedAt?: Date;
    readonly reversedAt?: Date;
  },
): Promise<void> {
  await tx
    .updateTable('second_payments')
    .set({
      ...(change.amount === undefined ? {} : { amount: change.amount }),
      ...(change.currency === undefined ? {} : { currency: change.currency }),
      ...(change.outcome === undefined ? {} : { outcome: change.outcome }),
      ...(change.closedAt === undefined ? {} : { closed_at: change.closedAt }),
      ...(change.reversedAt === undefined ? {} : { reversed_at: change.reversedAt }),
    })
    .where('id', '=', id)
    .execute();
}

export async function insertSecondProposal(
  tx: Tx,
  proposal: Omit<SecondPaymentProposal, 'decidedAt'>,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('second_payment_proposals')
    .values({
      id: proposal.id,
      second_payment_id: proposal.secondPaymentId,
      outcome: proposal.outcome,
      stated_amount: proposal.statedAmount ?? null,
      reason: proposal.reason,
      evidence: proposal.evidence,
      proposed_by: proposal.proposedBy,
      proposed_at: proposal.proposedAt,
      expires_at: proposal.expiresAt,
      decided_by: null,
      decided_at: null,
      decision: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findSecondProposal(
  reader: Reader,
  id: string,
): Promise<SecondPaymentProposal | undefined> {
  const row = await reader
    .selectFrom('second_payment_proposals')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toProposal(row);
}

/** The proposal that nobody has decided, expired or not. */
export async function findOpenSecondProposal(
  reader: Reader,
  secondPaymentId: string,
): Promise<SecondPaymentProposal | undefined> {
  const row = await reader
    .selectFrom('second_payment_proposals')
    .selectAll()
    .where('second_payment_id', '=', secondPaymentId)
    .where('decided_at', 'is', null)
    .executeTakeFirst();
  return row && toProposal(row);
}

export async function markSecondProposalDecided(
  tx: Tx,
  id: string,
  decided: { readonly decision: 'approved' | 'refused'; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('second_payment_proposals')
    .set({ decision: decided.decision, decided_by: decided.by, decided_at: decided.at })
    .where('id', '=', id)
    .execute();
}

function toSecondPayment(row: Selectable<SecondPaymentTable>): SecondPayment {
  return {
    id: row.id,
    paymentId: row.payment_id,
    providerReference: row.provider_reference,
    amount: row.amount ?? undefined,
    currency: row.currency ?? undefined,
    foundAt: row.found_at,
    closedAt: row.closed_at ?? undefined,
    outcome: row.outcome ?? undefined,
    reversedAt: row.reversed_at ?? undefined,
  };
}

function toProposal(row: Selectable<SecondPaymentProposalTable>): SecondPaymentProposal {
  return {
    id: row.id,
    secondPaymentId: row.second_payment_id,
    outcome: row.outcome,
    statedAmount: row.stated_amount ?? undefined,
    reason: row.reason,
    evidence: row.evidence,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at ?? undefined,
  };
}
