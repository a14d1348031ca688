/**
 * Opens the exchange of notes for wallet money, and takes it with the PIN, because money moves.
 *
 * The id of the exchange is made when the form is drawn: a second click is the same exchange.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { readBalance } from '../../../../ground/ledger/balance.ts';
import { type Money, money } from '../../../../ground/money/money.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import { type Answer, type Refusal, refusal } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { readBooks } from '../../../../tontine/groups/read-books.ts';
import { readFunds } from '../../../../tontine/groups/read-funds.ts';
import { freeInBox } from '../../../../tontine/rounds/box.ts';
import { exchangeBox } from '../../../../tontine/rounds/exchange-cash.ts';
import { walletOf } from '../../../../tontine/rounds/funds.ts';
import { proposeExchange } from '../../../../tontine/rounds/propose-exchange.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import {
  absent,
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { EXCHANGE_FUNDS, EXCHANGE_WAYS, type ExchangeField, ExchangePage } from './page.tsx';

interface Typed {
  readonly way?: string | undefined;
  readonly fund?: string | undefined;
  readonly amount?: string | undefined;
  readonly formId?: string | undefined;
}

export function registerExchange(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineExchange(':id'), {
    show: async (visit) => await showExchange(visit, {}, undefined),
    act: takeExchange,
  });
}

async function takeExchange(visit: Visit): Promise<FastifyReply> {
  const { form_id, pin, ...fields } = formFields(visit.request, ['way', 'fund', 'amount', 'form_id', 'pin']);
  const { door, who, actor } = visit;
  if (!may(visit, 'exchange-cash')) return await absent(visit);
  const typed = { ...fields, formId: form_id };
  const no = (field: ExchangeField, why: Refusal) => showExchange(visit, typed, { field, no: why });
  const way = EXCHANGE_WAYS.find((one) => one === fields.way);
  if (way === undefined) return await no('way', CHOICE);
  const fund = EXCHANGE_FUNDS.find((one) => one === fields.fund);
  if (fund === undefined) return await no('fund', CHOICE);
  const amount = parseAmount(fields.amount, actor.group.currency);
  if (!amount.ok) return await no('amount', amount.refusal);
  if (!isId('exc', form_id)) return await no('form', FORM_TOO_OLD);
  const asked = { ...who, exchangeId: form_id, fund, amount: amount.value.amount };
  const words = wordsOf(visit).exchange;
  const answer = await actWithPin(
    visit,
    pin,
    async (tx): Promise<Answer<unknown>> =>
      way === 'keep-notes'
        ? await exchangeBox(tx, door.ground, asked)
        : await proposeExchange(tx, door.ground, asked),
  );
  if (!answer.ok) return await no(fieldOf(answer.refusal), answer.refusal);
  if (way === 'keep-notes') return await done(visit, words.done, paths.tontineExchange(who.groupId));
  return await done(visit, words.asked, paths.tontineApprovals(who.groupId));
}

function fieldOf(no: Refusal): ExchangeField {
  if (no.code === 'cash-fund-short') return 'fund';
  if (no.code === 'cash-box-short') return 'amount';
  const usual = usualField(no);
  return usual === 'reason' ? 'form' : usual;
}

async function showExchange(
  visit: Visit,
  typed: Typed,
  no: No<ExchangeField> | undefined,
): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  if (!may(visit, 'exchange-cash')) return await absent(visit);
  const { group, membership } = actor;
  const { currency } = group;
  const shown = (amount: bigint): Money => money(amount, currency);
  const { cycle } = await readBooks(door.db, group.id);
  const of = { groupId: group.id, cycleId: cycle?.id ?? '', currency };
  const standing = await readFunds(door.db, of, []);
  const keeper = { groupId: group.id, keeperId: membership.id, personId: person.id, currency };
  const wallet = await readBalance(door.db, walletOf(person.id, currency));
  const keepsId = no !== undefined && no.field !== 'form' && isId('exc', typed.formId);
  const page = (
    <ExchangePage
      frame={frameOfVisit(visit)}
      group={group}
      formId={keepsId && typed.formId ? typed.formId : door.ground.ids.next('exc')}
      inBox={shown(await freeInBox(door.db, keeper))}
      inWallet={shown(wallet?.available ?? 0n)}
      funds={EXCHANGE_FUNDS.map((fund) => {
        const held = standing.funds.find((one) => one.fund === fund);
        return { fund, wallet: shown(held?.wallet ?? 0n), cash: shown(held?.cash ?? 0n) };
      })}
      values={given({ way: typed.way, fund: typed.fund, amount: typed.amount })}
      hasPin={person.hasPin}
      {...given({ refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

const CHOICE = refusal('exchange-choice', 'invalid', 'Choisissez dans la liste.', 'Choose from the list.');
