/**
 * Opens the queue of reviews, the file of each case, and the forms by which two people decide it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { accountCurrency } from '../../../../ground/ledger/account.ts';
import { money } from '../../../../ground/money/money.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { refused } from '../../../../ground/refusal.ts';
import { may } from '../../../../oversight/access/permission.ts';
import { type CaseFile, readCaseFile } from '../../../../oversight/decide/case-file.ts';
import { decideProposal } from '../../../../oversight/decide/decide-proposal.ts';
import { proposeDecision } from '../../../../oversight/decide/propose-decision.ts';
import { findPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import { REVIEW_ABSENT } from '../../../../rails/payments/propose-resolution.ts';
import {
  listClosedReviews,
  listOpenReviews,
  listProposalsOf,
  type Review,
} from '../../../../rails/payments/review.rows.ts';
import type { Assets } from '../../assets.ts';
import { sendError } from '../../errors/route.tsx';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { answerAct } from '../answer-act.tsx';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths, filePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { registerListFile } from '../list-file.ts';
import { actorsIn, namesOf } from '../names-of.ts';
import { CasePage, type CasePageProps } from './case-page.tsx';
import { type CaseLine, ReviewListPage } from './list-page.tsx';
import { reviewPages } from './review-file.ts';
import { secondLinesOf } from './second-form.ts';

const OPEN_SHOWN = 200;
const CLOSED_SHOWN = 20;

export function registerReviews(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(consolePaths.reviews, needs('see'), async (request, reply) => {
    const open = await listOpenReviews(door.db, OPEN_SHOWN);
    const closed = await listClosedReviews(door.db, CLOSED_SHOWN);
    const page = (
      <ReviewListPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        open={await linesOf(door, open)}
        closed={await linesOf(door, closed)}
        seconds={await secondLinesOf(request, door)}
        mayDecide={may(signedInOf(request).roles, 'decide')}
      />
    );
    return await sendPage(reply, page);
  });

  registerListFile(app, door, {
    name: 'reviews',
    paths: filePaths.reviews,
    need: 'export',
    act: 'list.exported',
    read: () => ({ asked: {}, pages: reviewPages(door.db) }),
  });

  app.get(consolePaths.review(':id'), needs('see'), async (request, reply) => {
    const id = idOf(request);
    const file = id === undefined ? undefined : await readCaseFile(door.db, id, door.ground.clock.now());
    if (file === undefined) return await sendError(request, reply, 404, assets, door);
    const frame = await consoleFrameOf(request, reply, door, assets);
    return await sendPage(reply, <CasePage frame={frame} {...(await casePropsOf(request, door, file))} />);
  });

  app.post(consolePaths.reviewPropose(':id'), needs('decide'), async (request, reply) => {
    const fields = formFields(request, ['outcome', 'reason', 'evidence']);
    const reviewId = idOf(request);
    const { outcome } = fields;
    if (reviewId === undefined || (outcome !== 'paid' && outcome !== 'failed'))
      return await answer(request, reply, refused(REVIEW_ABSENT), reviewId);
    const { reason = '', evidence = '' } = fields;
    const proposed = await inTransaction(
      door.db,
      async (tx) =>
        await proposeDecision(tx, door.ground, operatorOf(request), { reviewId, outcome, reason, evidence }),
    );
    return await answer(request, reply, proposed, reviewId);
  });

  app.post(consolePaths.reviewDecide(':id'), needs('decide'), async (request, reply) => {
    const { proposal, decision } = formFields(request, ['proposal', 'decision']);
    const known = isId('prp', proposal) && (decision === 'approved' || decision === 'refused');
    const decided = known
      ? await inTransaction(
          door.db,
          async (tx) =>
            await decideProposal(tx, door.ground, operatorOf(request), { proposalId: proposal, decision }),
        )
      : refused(REVIEW_ABSENT);
    return await answer(request, reply, decided, idOf(request));
  });

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    done: Parameters<typeof answerAct>[2],
    reviewId: string | undefined,
  ): Promise<FastifyReply> {
    const to = reviewId === undefined ? consolePaths.reviews : consolePaths.review(reviewId);
    return await answerAct(request, reply, done, { door, assets, to });
  }
}

function idOf(request: FastifyRequest): string | undefined {
  const { id } = request.params as { id?: unknown };
  return isId('rev', id) ? id : undefined;
}

async function linesOf(door: WebDoor, reviews: readonly Review[]): Promise<CaseLine[]> {
  const payments = await findPayments(
    door.db,
    reviews.map((review) => review.paymentId),
  );
  const proposals = await listProposalsOf(
    door.db,
    reviews.map((review) => review.id),
  );
  const now = door.ground.clock.now();
  const names = await namesOf(
    door.db,
    proposals.map((proposal) => proposal.proposedBy),
  );
  return reviews.flatMap((review) => {
    const payment = payments.get(review.paymentId);
    if (payment === undefined) return [];
    const waiting = proposals.find(
      (one) => one.reviewId === review.id && one.decidedAt === undefined && one.expiresAt > now,
    );
    return [
      {
        reviewId: review.id,
        reference: payment.reference,
        reason: review.reason,
        amount: money(payment.amount, payment.currency),
        direction: payment.direction,
        method: payment.method,
        phoneText: maskPhone(payment.phone),
        openedAt: review.openedAt,
        ...given({
          outcome: review.outcome,
          proposal: waiting && {
            by: names.get(waiting.proposedBy) ?? waiting.proposedBy,
            outcome: waiting.outcome,
            expiresAt: waiting.expiresAt,
          },
        }),
      },
    ];
  });
}

async function casePropsOf(
  request: FastifyRequest,
  door: WebDoor,
  file: CaseFile,
): Promise<Omit<CasePageProps, 'frame'>> {
  const { review, payment, suspended, open, stated, story } = file;
  const { person, roles } = signedInOf(request);
  const names = await namesOf(door.db, [
    ...actorsIn(story),
    ...(open === undefined ? [] : [open.proposedBy]),
  ]);
  const command = story.findLast((step) => step.kind === 'command')?.command;
  const isOpen = review.closedAt === undefined;
  return {
    reviewId: review.id,
    reason: review.reason,
    openedAt: review.openedAt,
    payment,
    phoneText: maskPhone(payment.phone),
    stated,
    story,
    names,
    isOwn: open?.proposedBy === person.id,
    ...given({
      suspended: suspended && money(suspended.amount, accountCurrency(suspended.credit)),
      float:
        command?.balanceBefore === undefined
          ? undefined
          : { before: command.balanceBefore, ...given({ after: command.balanceAfter }) },
      outcomes: isOpen && may(roles, 'decide') ? file.outcomes : undefined,
      outcome: review.outcome,
      proposal: open && {
        id: open.id,
        by: names.get(open.proposedBy) ?? open.proposedBy,
        outcome: open.outcome,
        reason: open.reason,
        evidence: open.evidence,
        at: open.proposedAt,
        expiresAt: open.expiresAt,
      },
    }),
  };
}
