/**
 * Opens the page on which a contribution is paid from the wallet, for oneself or for another member.
 *
 * What the page shows and what the payment does come from the same arithmetic. The contribution's id travels with the
 * form: a second click, a reload or a lost answer is the same contribution.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { readBalance } from '../../../../ground/ledger/balance.ts';
import { money } from '../../../../ground/money/money.ts';
import { amountText } from '../../../../ground/money/money-text.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { argonHasher } from '../../../../people/pin-hash.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { contribute } from '../../../../tontine/rounds/contribute.ts';
import { missingOf } from '../../../../tontine/rounds/due.ts';
import { type ContributionQuote, quoteContribution } from '../../../../tontine/rounds/quote-contribution.ts';
import { walletAccount } from '../../../../wallet/wallet.ts';
import type { Assets } from '../../assets.ts';
import { formFields, queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { membersOf, sum } from '../group-view.ts';
import {
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
import { type OwedLine, PayPage } from './page.tsx';

type FieldName = 'amount' | 'pin' | 'for' | 'form';

interface Typed {
  readonly forWhom: string | undefined;
  readonly amount: string | undefined;
  readonly formId: string | undefined;
}

export function registerPay(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontinePay(':id'), {
    show: async (visit) => {
      const { for: forWhom, amount } = queryFields(visit.request, ['for', 'amount']);
      return await showPay(visit, { forWhom, amount, formId: undefined }, undefined);
    },
    act: takePayment,
  });
}

async function takePayment(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['for', 'amount', 'form_id', 'look', 'pin']);
  const { door, who, actor, person } = visit;
  const typed = { forWhom: fields.for, amount: fields.amount, formId: fields.form_id };
  const amount = parseAmount(fields.amount, actor.group.currency);
  if (!amount.ok) {
    // Somebody else was chosen and no amount typed: what they owe is proposed.
    const asksAnew = fields.look !== undefined && (fields.amount ?? '').trim() === '';
    return await showPay(visit, typed, asksAnew ? undefined : { field: 'amount', no: amount.refusal });
  }
  if (fields.look !== undefined) return await showPay(visit, typed, undefined);
  const contributionId = fields.form_id;
  if (!isId('ctr', contributionId)) return await showPay(visit, typed, { field: 'form', no: FORM_TOO_OLD });
  const paid = await contribute(door.db, door.ground, door.contributions, {
    ...who,
    personId: person.id,
    contributionId,
    amount: amount.value.amount,
    ...given({ membershipId: fields.for }),
    pin: fields.pin,
    hasher: argonHasher(door.keys.pin),
  });
  if (paid.ok) {
    return await done(visit, wordsOf(visit).pay.done, paths.tontineContribution(who.groupId, contributionId));
  }
  return await showPay(visit, typed, { field: fieldOf(paid.refusal), no: paid.refusal });
}

function fieldOf(no: Refusal): FieldName {
  if (no.code === 'member-absent' || no.code === 'contribution-nothing-due') return 'for';
  const usual = usualField(no);
  return usual === 'reason' ? 'form' : usual;
}

async function showPay(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const { group, membership } = actor;
  const { currency } = group;
  const books = await readBooks(door.db, group.id);
  const members = membersOf(books);
  const forWhom = members.find((one) => one.id === typed.forWhom) ?? membership;
  const parsed = typed.amount === undefined ? undefined : parseAmount(typed.amount, currency);
  // Where no amount is typed, or none that can be read, all that is owed is looked at.
  const quoted = await quote(visit, forWhom.id, parsed?.ok ? parsed.value.amount : undefined);
  const total = quoted?.owed ?? 0n;
  const amount = typed.amount ?? (total === 0n ? '' : amountText(money(total, currency), 'page', 'fr'));
  const available = (await readBalance(door.db, walletAccount(person)))?.available ?? 0n;
  const keepsId = no !== undefined && no.field !== 'form' && isId('ctr', typed.formId);
  const page = (
    <PayPage
      frame={frameOfVisit(visit)}
      group={group}
      formId={keepsId && typed.formId ? typed.formId : door.ground.ids.next('ctr')}
      available={money(available, currency)}
      lines={linesOf(books, quoted)}
      total={money(total, currency)}
      forWhom={{
        chosen: forWhom.id,
        members: [membership, ...members.filter((one) => one.id !== membership.id)].map((one) => ({
          id: one.id,
          name: one.displayName,
        })),
      }}
      isForAnother={forWhom.id !== membership.id}
      amount={amount}
      hasPin={person.hasPin}
      {...given({
        surplus: quoted && quoted.credit > 0n ? money(quoted.credit, currency) : undefined,
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

/** What an amount would settle, by the very computation that settles it; nothing while no cycle runs. */
async function quote(
  { door, who }: Visit,
  membershipId: string,
  amount: bigint | undefined,
): Promise<ContributionQuote | undefined> {
  const quoted = await quoteContribution(door.db, door.ground, {
    ...who,
    membershipId,
    ...given({ amount }),
  });
  return quoted.ok ? quoted.value : undefined;
}

/** First what is paid, in the order in which it is; then what is left. */
function linesOf(books: GroupBooks, quoted: ContributionQuote | undefined): readonly OwedLine[] {
  if (quoted === undefined) return [];
  const place = (dueId: string): number => {
    const found = quoted.lines.findIndex((line) => line.dueId === dueId);
    return found < 0 ? quoted.lines.length : found;
  };
  return quoted.dues
    .toSorted((left, right) => place(left.id) - place(right.id))
    .map((due) => {
      const { currency = 'XOF' } = books.cycle ?? {};
      const round = books.rounds.find((one) => one.id === due.roundId)?.number;
      const parts = quoted.lines.filter((line) => line.dueId === due.id);
      return {
        id: due.id,
        kind: due.kind,
        owed: money(missingOf(due), currency),
        gives: money(sum(parts.map((line) => line.amount)), currency),
        ...(round === undefined ? {} : { round }),
      };
    });
}
