/**
 * Reads second payments for the page of decisions, and opens the forms by which two people close them.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { refused } from '../../../../ground/refusal.ts';
import { decideSecondProposal } from '../../../../oversight/decide/decide-second-proposal.ts';
import { proposeSecondDecision } from '../../../../oversight/decide/propose-second-decision.ts';
import { findPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import { REVIEW_ABSENT } from '../../../../rails/payments/propose-resolution.ts';
import {
  findOpenSecondProposal,
  listOpenSecondPayments,
} from '../../../../rails/payments/second-payment.rows.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { answerAct } from '../answer-act.tsx';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { namesOf } from '../names-of.ts';
import type { SecondLine } from './second-payments.tsx';

const SHOWN = 50;

export function registerSecondPayments(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.post(consolePaths.secondPropose(':id'), needs('decide'), async (request, reply) => {
    const {
      outcome,
      stated,
      reason = '',
      evidence = '',
    } = formFields(request, ['outcome', 'stated', 'reason', 'evidence']);
    const { id } = request.params as { id?: unknown };
    if (!isId('sec', id) || (outcome !== 'credited' && outcome !== 'returned'))
      return await answer(request, reply, refused(REVIEW_ABSENT));
    const amount = stated === undefined ? undefined : parseAmount(stated, 'XOF');
    if (amount?.ok === false) return await answer(request, reply, amount);
    const proposal = { secondPaymentId: id, outcome, reason, evidence } as const;
    const proposed = await inTransaction(
      door.db,
      async (tx) =>
        await proposeSecondDecision(tx, door.ground, operatorOf(request), {
          ...proposal,
          ...given({ statedAmount: amount?.value.amount }),
        }),
    );
    return await answer(request, reply, proposed);
  });

  app.post(consolePaths.secondDecide(':id'), needs('decide'), async (request, reply) => {
    const { proposal, decision } = formFields(request, ['proposal', 'decision']);
    if (!isId('prp', proposal) || (decision !== 'approved' && decision !== 'refused'))
      return await answer(request, reply, refused(REVIEW_ABSENT));
    const decided = await inTransaction(
      door.db,
      async (tx) =>
        await decideSecondProposal(tx, door.ground, operatorOf(request), { proposalId: proposal, decision }),
    );
    return await answer(request, reply, decided);
  });

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    done: Parameters<typeof answerAct>[2],
  ): Promise<FastifyReply> {
    return await answerAct(request, reply, done, { door, assets, to: consolePaths.reviews });
  }
}

/** Open ones, the oldest first, each with the proposal that waits. */
export async function secondLinesOf(request: FastifyRequest, door: WebDoor): Promise<SecondLine[]> {
  const seconds = await listOpenSecondPayments(door.db, SHOWN);
  const payments = await findPayments(
    door.db,
    seconds.map((second) => second.paymentId),
  );
  const now = door.ground.clock.now();
  const me = signedInOf(request).person.id;
  const lines: SecondLine[] = [];
  for (const second of seconds) {
    const payment = payments.get(second.paymentId);
    if (payment === undefined) continue;
    const found = await findOpenSecondProposal(door.db, second.id);
    const open = found !== undefined && found.expiresAt > now ? found : undefined;
    const names = await namesOf(door.db, open === undefined ? [] : [open.proposedBy]);
    const currency = second.currency ?? payment.currency;
    lines.push({
      id: second.id,
      paymentId: payment.id,
      reference: payment.reference,
      theirReference: second.providerReference,
      foundAt: second.foundAt,
      ...given({
        amount: second.amount === undefined ? undefined : money(second.amount, currency),
        proposal: open && {
          id: open.id,
          by: names.get(open.proposedBy) ?? open.proposedBy,
          isOwn: open.proposedBy === me,
          outcome: open.outcome,
          reason: open.reason,
          evidence: open.evidence,
          currency,
          ...given({ stated: open.statedAmount }),
        },
      }),
    });
  }
  return lines;
}
