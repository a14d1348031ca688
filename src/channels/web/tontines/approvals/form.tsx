/**
 * Opens what officers are asked: the list, each request with what it changes, and their voice with the PIN.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { type Money, money } from '../../../../ground/money/money.ts';
import type { ApprovalRequest } from '../../../../tontine/approvals/approval.ts';
import {
  findApprovalRequest,
  listRecentRequests,
} from '../../../../tontine/approvals/approval-request.rows.ts';
import { listVoices } from '../../../../tontine/approvals/approval-vote.rows.ts';
import { giveVoice } from '../../../../tontine/approvals/give-voice.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { fundAccount } from '../../../../tontine/rounds/funds.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { amountOn } from '../account-amount.ts';
import { nameOf } from '../group-view.ts';
import {
  absent,
  actWithPin,
  done,
  frameOfVisit,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { eventName } from '../rules-view.ts';
import { ApprovalPage, type ApprovalPageProps } from './approval-page.tsx';
import { type ApprovalLine, ApprovalsPage } from './page.tsx';
import { isOpen, silenceOf } from './silence.ts';

type FieldName = 'reason' | 'pin' | 'form';

const SHOWN = 20;

export function registerApprovals(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineApprovals(':id'), { show: showRequests });
  registerGroupPage(app, door, assets, paths.tontineApproval(':id', ':request'), {
    show: async (visit) => await showRequest(visit, undefined),
    act: takeVoice,
  });
}

async function takeVoice(visit: Visit): Promise<FastifyReply> {
  const { decision, reason, pin } = formFields(visit.request, ['decision', 'reason', 'pin']);
  const request = await requestOf(visit);
  if (request === undefined) return await absent(visit);
  const { door, who } = visit;
  const voice = decision === 'approve' ? 'yes' : 'no';
  const asked = { ...who, requestId: request.id, voice, ...given({ reason }) } as const;
  const answer = await actWithPin(visit, pin, async (tx) => await giveVoice(tx, door.ground, asked));
  if (answer.ok) {
    return await done(
      visit,
      wordsOf(visit).approvals.counted,
      paths.tontineApproval(who.groupId, request.id),
    );
  }
  const usual = usualField(answer.refusal);
  return await showRequest(visit, { field: usual === 'amount' ? 'form' : usual, no: answer.refusal });
}

async function requestOf({ request, door, actor }: Visit): Promise<ApprovalRequest | undefined> {
  const { request: id } = request.params as { request?: unknown };
  if (!isId('apv', id)) return undefined;
  const found = await findApprovalRequest(door.db, id);
  return found?.groupId === actor.group.id ? found : undefined;
}

async function showRequests(visit: Visit): Promise<FastifyReply> {
  const { door, actor, now, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const lines: ApprovalLine[] = [];
  for (const one of await listRecentRequests(door.db, actor.group.id, SHOWN)) {
    const voices = await listVoices(door.db, one.id);
    lines.push({
      id: one.id,
      kind: one.kind,
      face: faceOf(one, now),
      askedBy: askerOf(visit, books, one),
      about: aboutOf(visit, books, one),
      given: voices.filter((voice) => voice.voice === 'yes').length,
      needed: one.needed,
      at: one.createdAt,
      mine: isOpen(one, now) && silenceOf(one, voices, actor) === undefined,
      ...given({ amount: amountOf(visit, one) }),
    });
  }
  return await sendPage(
    reply,
    <ApprovalsPage frame={frameOfVisit(visit)} group={actor.group} lines={lines} />,
  );
}

function faceOf(request: ApprovalRequest, now: Date): ApprovalRequest['state'] {
  return request.state === 'open' && !isOpen(request, now) ? 'expired' : request.state;
}

function askerOf(visit: Visit, books: GroupBooks, { requestedBy }: ApprovalRequest): string {
  return requestedBy === null ? wordsOf(visit).approvals.byRule : nameOf(books, requestedBy);
}

function amountOf({ actor }: Visit, { facts }: ApprovalRequest): Money | undefined {
  // A pot, a debt to be covered, the price of a share: what whoever says yes agrees to.
  const amount = facts.amount ?? facts.debt ?? facts.price;
  return amount !== undefined && /^\d+$/.test(amount)
    ? money(BigInt(amount), actor.group.currency)
    : undefined;
}

function aboutOf(visit: Visit, books: GroupBooks, request: ApprovalRequest): string {
  const words = wordsOf(visit).approvals;
  const { kind, facts, subjectId, beneficiaryId } = request;
  if (kind === 'rules') return words.version(Number(facts.version ?? 1));
  const named = [beneficiaryId, facts.for, facts.to, subjectId].find((id) => id?.startsWith('mem_'));
  const name = named == null ? visit.actor.group.name : nameOf(books, named);
  return facts.round === undefined ? name : words.round(Number(facts.round), name);
}

/** Help is asked for by an event of the by-law, which has a name in each language. */
function reasonOf({ request: { visitor } }: Visit, { kind, reason, facts }: ApprovalRequest): string | null {
  if (kind !== 'aid' || facts.event === undefined) return reason;
  return [eventName(facts.event, visitor.locale), facts.about, facts.proof].filter(Boolean).join(' · ');
}

async function showRequest(visit: Visit, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const request = await requestOf(visit);
  if (request === undefined) return await absent(visit);
  const { door, actor: me, now, person, reply } = visit;
  const books = await readBooks(door.db, me.group.id);
  const voices = await listVoices(door.db, request.id);
  const page = (
    <ApprovalPage
      frame={frameOfVisit(visit)}
      group={me.group}
      approvalId={request.id}
      formId={door.ground.ids.next('grj')}
      kind={request.kind}
      face={faceOf(request, now)}
      askedBy={askerOf(visit, books, request)}
      about={aboutOf(visit, books, request)}
      voices={voices.map((one) => ({
        name: nameOf(books, one.membershipId),
        answer: one.voice === 'yes' ? 'approved' : 'refused',
        at: one.at,
        ...given({ reason: one.reason }),
      }))}
      needed={request.needed}
      expiresAt={request.expiresAt}
      hasPin={person.hasPin}
      {...(await balances(visit, books, request))}
      {...given({
        reason: reasonOf(visit, request),
        amount: amountOf(visit, request),
        silentBecause: silenceOf(request, voices, me),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

/** What the fund that would pay holds, and would hold. */
async function balances(
  visit: Visit,
  books: GroupBooks,
  request: ApprovalRequest,
): Promise<Pick<ApprovalPageProps, 'before' | 'after'>> {
  const amount = amountOf(visit, request);
  const fund = request.kind === 'payout' ? 'pot' : request.kind === 'aid' ? 'solidarity' : undefined;
  if (amount === undefined || fund === undefined || request.state !== 'open') return {};
  const { id: groupId, currency } = visit.actor.group;
  const of = { groupId, cycleId: books.cycle?.id ?? '', currency };
  const held =
    (await amountOn(visit.door.db, fundAccount(of, fund, 'wallet'))) +
    (await amountOn(visit.door.db, fundAccount(of, fund, 'cash')));
  const left = held - amount.amount;
  return { before: money(held, currency), after: money(left < 0n ? 0n : left, currency) };
}
