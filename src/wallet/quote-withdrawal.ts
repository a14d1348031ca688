/**
 * Says what a withdrawal would cost and leave, before anybody confirms: service, fee, what arrives, what remains.
 *
 * The amount typed is what arrives, to the franc; the fee comes on top, because whoever sends 10 000 to a sister wants
 * her to have 10 000. Nothing is written. The request that follows is bound to these very figures.
 *
 * Refuses: every refusal of the amount grammar; `amount-below-minimum` and `amount-above-maximum` by the service's own
 * limits; `amount-not-a-multiple`; `withdrawal-other-currency`; `withdrawal-method-unavailable`;
 * `withdrawal-balance-insufficient`.
 */
import type { Currency } from '../ground/money/currency.ts';
import { type Money, money } from '../ground/money/money.ts';
import { moneyText } from '../ground/money/money-text.ts';
import { parseAmount } from '../ground/money/parse-amount.ts';
import { type Answer, accepted, invariant, type Refusal, refusal, refused } from '../ground/refusal.ts';
import type { Country } from '../people/country.ts';
import { BALANCE_INSUFFICIENT } from '../rails/payments/disburse.ts';
import type { Method, Service } from '../rails/provider.ts';
import type { Rails } from '../rails/rails.ts';
import { notAMultiple } from './quote-deposit.ts';
import { currencyOf, type WalletOwner } from './wallet.ts';
import type { WithdrawalPolicy } from './withdrawal-policy.ts';

export interface WithdrawalWish {
  readonly owner: WalletOwner;
  /** The country of the number that receives. */
  readonly destinationCountry: Country;
  readonly method: Method;
  /** As typed. */
  readonly amount: unknown;
  /** What the wallet can spend now, in the currency's smallest unit. */
  readonly available: bigint;
}

/** All amounts in the currency's smallest unit. */
export interface WithdrawalQuote {
  readonly service: Service;
  readonly currency: Currency;
  /** What arrives on the number. */
  readonly amount: bigint;
  readonly fee: bigint;
  /** What leaves the wallet: amount and fee. */
  readonly total: bigint;
  /** What the wallet can still spend afterwards. */
  readonly remains: bigint;
}

/**
 * The ways to withdraw to a number of one country, at present: one per method, active, in its currency. A card is among
 * them only where the provider itself pays out to cards.
 */
export async function listWithdrawalOptions(rails: Rails, country: Country): Promise<Service[]> {
  const { services } = await rails.provider.listServices();
  const byMethod = new Map<Method, Service>();
  for (const service of services) {
    if (service.country !== country || service.currency !== currencyOf(country)) continue;
    if (!service.active || !service.withdrawals || byMethod.has(service.method)) continue;
    byMethod.set(service.method, service);
  }
  return [...byMethod.values()];
}

export async function quoteWithdrawal(
  rails: Rails,
  policy: WithdrawalPolicy,
  wish: WithdrawalWish,
): Promise<Answer<WithdrawalQuote>> {
  const currency = currencyOf(wish.owner.country);
  if (currencyOf(wish.destinationCountry) !== currency) return refused(OTHER_CURRENCY);
  const options = await listWithdrawalOptions(rails, wish.destinationCountry);
  const service = options.find((candidate) => candidate.method === wish.method);
  // The amount is looked at even without a service, so that both mistakes show at once on the form.
  const bounds = service === undefined ? {} : { min: service.minAmount, max: service.maxAmount };
  const typed = parseAmount(wish.amount, currency, bounds);
  if (!typed.ok) return typed;
  if (service === undefined) return refused(WITHDRAWAL_METHOD_UNAVAILABLE);
  const { amount } = typed.value;
  if (amount % service.amountStep !== 0n) return refused(notAMultiple(money(service.amountStep, currency)));
  const fee = withdrawalFee(amount, policy);
  const total = amount + fee;
  if (total > wish.available) {
    const most = largestWithdrawal(service, wish.available, policy);
    return refused(most === undefined ? BALANCE_INSUFFICIENT : balanceAllows(money(most, currency)));
  }
  return accepted({ service, currency, amount, fee, total, remains: wish.available - total });
}

/** The host's fee for sending `amount`, rounded up to the smallest unit. */
export function withdrawalFee(amount: bigint, policy: WithdrawalPolicy): bigint {
  return (amount * rateOf(policy) + WHOLE - 1n) / WHOLE;
}

/** The largest amount that the balance covers with its fee and that the service takes; nothing when there is none. */
export function largestWithdrawal(
  service: Service,
  available: bigint,
  policy: WithdrawalPolicy,
): bigint | undefined {
  if (available <= 0n) return undefined;
  const covered = (available * WHOLE) / (WHOLE + rateOf(policy));
  const most = covered < service.maxAmount ? covered : service.maxAmount;
  const stepped = most - (most % service.amountStep);
  return stepped >= service.minAmount && stepped > 0n ? stepped : undefined;
}

const WHOLE = 10_000n;

function rateOf(policy: WithdrawalPolicy): bigint {
  const rate = BigInt(policy.withdrawalFeeBasisPoints);
  invariant(rate >= 0n && rate < WHOLE, `a fee of ${rate} hundredths of a percent cannot be`);
  return rate;
}

/** The same "no" as at the last moment (`disburse.ts`), with what is possible instead. */
function balanceAllows(most: Money): Refusal {
  return refusal(
    BALANCE_INSUFFICIENT.code,
    BALANCE_INSUFFICIENT.kind,
    `Votre solde disponible ne suffit pas pour ce montant et ses frais. Vous pouvez retirer au plus ${moneyText(most, 'page', 'fr')}.`,
    `Your available balance does not cover this amount and its fee. You can withdraw at most ${moneyText(most, 'page', 'en')}.`,
  );
}

export const WITHDRAWAL_METHOD_UNAVAILABLE = refusal(
  'withdrawal-method-unavailable',
  'unavailable',
  'Ce moyen de retrait n’est pas disponible pour ce numéro en ce moment. Choisissez-en un autre.',
  'This withdrawal method is not available for this number at the moment. Choose another one.',
);

const OTHER_CURRENCY = refusal(
  'withdrawal-other-currency',
  'invalid',
  'Ce numéro reçoit une autre monnaie que celle de votre portefeuille.',
  'This number receives another currency than your wallet’s.',
);
