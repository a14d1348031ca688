/**
 * Says what a deposit would cost and bring, before anybody confirms: service, fee, what the wallet receives.
 *
 * Nothing is written. The same quote is made again when the person confirms, so a form that was kept open cannot bring
 * yesterday's fee.
 *
 * Refuses: every refusal of the amount grammar; `deposit-method-unavailable`; `deposit-other-currency`;
 * `amount-below-minimum` and `amount-above-maximum` by the service's own limits.
 */
import type { Currency } from '../ground/money/currency.ts';
import { type Money, money } from '../ground/money/money.ts';
import { moneyText } from '../ground/money/money-text.ts';
import { parseAmount } from '../ground/money/parse-amount.ts';
import { type Answer, accepted, type Refusal, refusal, refused } from '../ground/refusal.ts';
import type { Country } from '../people/country.ts';
import { type FeeQuote, quoteFee } from '../rails/payments/fee-policy.ts';
import type { Method, Service } from '../rails/provider.ts';
import type { Rails } from '../rails/rails.ts';
import { currencyOf, type WalletOwner } from './wallet.ts';

export const METHOD_UNAVAILABLE = refusal(
  'deposit-method-unavailable',
  'unavailable',
  'Ce moyen de paiement n’est pas disponible pour ce numéro en ce moment. Choisissez-en un autre.',
  'This payment method is not available for this number at the moment. Choose another one.',
);

export const OTHER_CURRENCY = refusal(
  'deposit-other-currency',
  'invalid',
  'Ce numéro paie dans une autre monnaie que celle de votre portefeuille.',
  'This number pays in another currency than your wallet’s.',
);

/** Some operators only take amounts of whole steps. */
export function notAMultiple(step: Money): Refusal {
  return refusal(
    'amount-not-a-multiple',
    'invalid',
    `Cet opérateur n’accepte que des multiples de ${moneyText(step, 'page', 'fr')}.`,
    `This operator only accepts multiples of ${moneyText(step, 'page', 'en')}.`,
  );
}

/** The amount alone would pass, but the phone is asked for the fee as well. */
function aboveMaximumWithFee(most: Money): Refusal {
  return refusal(
    'amount-above-maximum',
    'invalid',
    `Avec les frais, cette recharge dépasse le maximum de ${moneyText(most, 'page', 'fr')}. Choisissez un montant plus petit.`,
    `With the fee this top-up exceeds the maximum of ${moneyText(most, 'page', 'en')}. Choose a smaller amount.`,
  );
}

const FEE_TAKES_ALL = refusal(
  'amount-below-fee',
  'invalid',
  'Les frais prendraient tout ce montant. Choisissez un montant plus grand.',
  'The fee would take all of this amount. Choose a larger amount.',
);

export interface DepositOption {
  readonly service: Service;
  readonly feeBasisPoints: number;
}

export interface DepositQuote extends DepositOption {
  readonly currency: Currency;
  readonly quote: FeeQuote;
}

export interface DepositWish {
  readonly owner: WalletOwner;
  /** The country of the number that pays. */
  readonly payerCountry: Country;
  readonly method: Method;
  /** As typed. */
  readonly amount: unknown;
}

/** The ways to recharge from a number of one country, at present: one per method, active, in its currency. */
export async function listDepositOptions(rails: Rails, payerCountry: Country): Promise<DepositOption[]> {
  const { services } = await rails.provider.listServices();
  const currency = currencyOf(payerCountry);
  const byMethod = new Map<Method, DepositOption>();
  for (const service of services) {
    if (service.country !== payerCountry || service.currency !== currency) continue;
    if (!service.active || !service.deposits || byMethod.has(service.method)) continue;
    byMethod.set(service.method, {
      service,
      feeBasisPoints: service.feeBasisPoints ?? rails.fallbackFeeBasisPoints,
    });
  }
  return [...byMethod.values()];
}

export async function quoteDeposit(rails: Rails, wish: DepositWish): Promise<Answer<DepositQuote>> {
  const currency = currencyOf(wish.owner.country);
  if (currencyOf(wish.payerCountry) !== currency) return refused(OTHER_CURRENCY);
  const options = await listDepositOptions(rails, wish.payerCountry);
  const option = options.find((candidate) => candidate.service.method === wish.method);
  // The amount is looked at even without a service, so that both mistakes show at once on the form.
  const limits = option === undefined ? {} : { min: option.service.minAmount, max: option.service.maxAmount };
  const typed = parseAmount(wish.amount, currency, limits);
  if (!typed.ok) return typed;
  if (option === undefined) return refused(METHOD_UNAVAILABLE);
  const { amountStep, maxAmount } = option.service;
  if (typed.value.amount % amountStep !== 0n) return refused(notAMultiple(money(amountStep, currency)));
  const quote = quoteFee(rails.feePolicy, typed.value.amount, option.feeBasisPoints, amountStep);
  if (quote.amount > maxAmount) return refused(aboveMaximumWithFee(money(maxAmount, currency)));
  if (quote.credit <= 0n) return refused(FEE_TAKES_ALL);
  return accepted({ ...option, currency, quote });
}
