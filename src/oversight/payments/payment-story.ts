/**
 * Tells the whole life of one payment in order: what was asked, said, sent, heard, moved and decided.
 *
 * It is put together from the rows that each part of the product keeps anyway; nothing is written only to be shown here.
 */

import { listDroppedSince } from '../../ground/archive/month-archive.rows.ts';
import { after, DAY_MS } from '../../ground/clock.ts';
import { listEventsOf } from '../../ground/events/event.rows.ts';
import type { Event } from '../../ground/events/event.ts';
import { listTransfersById, type PostedRow } from '../../ground/ledger/transfer.rows.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type CallbackStory, listCallbacksOf } from '../../rails/inbox/provider-callback.rows.ts';
import { type CommandStory, listCommandsOf } from '../../rails/outbox/provider-command.rows.ts';
import type { Payment } from '../../rails/payments/payment.ts';
import { transferIdsOf } from '../../rails/payments/payment-transfers.ts';
import {
  listProposalsOf,
  listReviewsOf,
  type Review,
  type ReviewProposal,
} from '../../rails/payments/review.rows.ts';
import { listSecondPaymentsOf } from '../../rails/payments/second-payment.rows.ts';
import { listStatusAnswersOf, type StatusAnswerStory } from '../../rails/payments/status-answer.rows.ts';
import { listMessagesOf } from '../../wallet/messages/payment-message.rows.ts';
import type { PaymentMessage } from '../../wallet/messages/payment-message.ts';
import { findTrailPage } from '../audit/audit-entry.rows.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { maskText } from './mask-text.ts';

export type StoryStep =
  | { readonly kind: 'event'; readonly at: Date; readonly event: Event }
  /** Events until an instant are not in the database any more, but in this file. */
  | { readonly kind: 'archive'; readonly at: Date; readonly until: Date; readonly file: string }
  | { readonly kind: 'command'; readonly at: Date; readonly command: CommandStory }
  | { readonly kind: 'callback'; readonly at: Date; readonly callback: CallbackStory; readonly text: string }
  | { readonly kind: 'answer'; readonly at: Date; readonly answer: StatusAnswerStory }
  | { readonly kind: 'transfer'; readonly at: Date; readonly transfer: PostedRow }
  | { readonly kind: 'review'; readonly at: Date; readonly review: Review }
  | { readonly kind: 'proposal'; readonly at: Date; readonly proposal: ReviewProposal }
  | { readonly kind: 'message'; readonly at: Date; readonly message: PaymentMessage }
  | { readonly kind: 'act'; readonly at: Date; readonly act: AuditEntry };

/** Steps of one instant stand in this order: what led to what. */
const ORDER: readonly StoryStep['kind'][] = [
  'archive',
  'command',
  'callback',
  'answer',
  'act',
  'proposal',
  'event',
  'review',
  'transfer',
  'message',
];
const ACTS_SHOWN = 50;
const MOST_LETTERS = 2_000;

/** Nothing about a payment is older than it, whatever the clocks of two machines say; so months before are not looked at. */
const SKEW_MS = DAY_MS;

/** Oldest first. */
export async function readPaymentStory(reader: Reader, payment: Payment): Promise<StoryStep[]> {
  const events = await listEventsOf(reader, payment.id, after(payment.createdAt, -SKEW_MS));
  const dropped = await listDroppedSince(reader, payment.createdAt);
  const commands = await listCommandsOf(reader, payment.id);
  const callbacks = await listCallbacksOf(reader, payment.id);
  const answers = await listStatusAnswersOf(reader, payment.id);
  const reviews = await listReviewsOf(reader, payment.id);
  const proposals = await listProposalsOf(
    reader,
    reviews.map((review) => review.id),
  );
  const seconds = dropped.length === 0 ? [] : await listSecondPaymentsOf(reader, [payment.id]);
  const strays = [
    ...events.flatMap((event) => event.facts.reference ?? []),
    ...seconds.map((second) => second.providerReference),
  ];
  const transfers = await listTransfersById(reader, transferIdsOf(payment, [...new Set(strays)]));
  const messages = await listMessagesOf(reader, payment.id);
  const acts = await findTrailPage(reader, { subjectId: payment.id, limit: ACTS_SHOWN });
  const steps: StoryStep[] = [
    ...dropped.map(({ file, until }) => ({ kind: 'archive' as const, at: payment.createdAt, until, file })),
    ...events.map((event) => ({ kind: 'event' as const, at: event.recordedAt, event })),
    // An instruction is told with its end, so it stands where it ended.
    ...commands.map((command) => ({
      kind: 'command' as const,
      at: command.finishedAt ?? command.createdAt,
      command,
    })),
    ...callbacks.map((callback) => ({
      kind: 'callback' as const,
      at: callback.receivedAt,
      callback,
      text: textOf(callback),
    })),
    ...answers.map((answer) => ({ kind: 'answer' as const, at: answer.firstAt, answer })),
    ...transfers.map((transfer) => ({ kind: 'transfer' as const, at: transfer.recordedAt, transfer })),
    ...reviews.map((review) => ({ kind: 'review' as const, at: review.openedAt, review })),
    ...proposals.map((proposal) => ({ kind: 'proposal' as const, at: proposal.proposedAt, proposal })),
    ...messages.map((message) => ({
      kind: 'message' as const,
      at: message.doneAt ?? message.writtenAt,
      message,
    })),
    ...acts.map((act) => ({ kind: 'act' as const, at: act.occurredAt, act })),
  ];
  return steps.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  );
}

/** How often the provider was asked, by the answers that were kept; payments of before they were kept have none. */
export function countAnswers(story: readonly StoryStep[]): number {
  return story.reduce((sum, step) => sum + (step.kind === 'answer' ? step.answer.times : 0), 0);
}

/** The bytes of a callback as text, numbers and secrets hidden. */
function textOf({ body }: CallbackStory): string {
  if (body === undefined) return '';
  return maskText(Buffer.from(body).toString('utf8').slice(0, MOST_LETTERS));
}
