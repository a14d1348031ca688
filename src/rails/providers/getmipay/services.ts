/**
 * Reads GetMiPay's list of services into ours: which method, in which country, within which limits.
 *
 * The same number means different rails in different accounts and generations, so a service is recognised by its
 * operator's name, country and currency, and never by its id. What cannot be recognised without doubt is left out:
 * a payment sent to the wrong operator reaches a stranger's phone.
 */
import { isCurrency } from '../../../ground/money/currency.ts';
import type { Method, Service } from '../../provider.ts';
import { amountIfReadable } from './amount-grammar.ts';
import { countryOf } from './countries.ts';
import { field, flagOf, isList, isObject, type Json, textOf } from './json-text.ts';

/** The API refuses less, whatever the service. */
const SMALLEST_AMOUNT = 100n;
/** The ceiling of the documented example, for a service that announces none. */
const USUAL_LARGEST_AMOUNT = 1_000_000n;
/** Above this "fee" cannot be a percentage of a payment: it is francs, or a mistake. */
const LARGEST_FEE_BASIS_POINTS = 2_000;

export interface ServiceDefaults {
  readonly otpCountries: readonly string[];
  readonly feeBasisPoints?: number;
}

/** The services, or nothing when the answer holds no list at all. */
export function readServices(
  body: Json | undefined,
  defaults: ServiceDefaults,
): readonly Service[] | undefined {
  if (flagOf(field(body, 'success')) === false) return undefined;
  const announced = collect(field(body, 'data') ?? body);
  if (announced === undefined) return undefined;
  const byId = new Map<string, Service>();
  for (const one of announced) {
    const service = readService(one, defaults);
    if (service !== undefined && !byId.has(service.id)) byId.set(service.id, service);
  }
  return [...byId.values()];
}

interface Announced {
  readonly service: Json;
  /** Which groups it stood in, when the answer is grouped by direction. */
  readonly deposits?: boolean;
  readonly withdrawals?: boolean;
}

function collect(container: Json | undefined): readonly Announced[] | undefined {
  const whole = listed(container) ?? listed(field(container, 'all_services', 'services'));
  if (whole !== undefined) return whole.map((service) => ({ service }));
  const byCountry = field(container, 'services_by_country');
  if (isObject(byCountry)) {
    return Object.values(byCountry).flatMap((group) => (listed(group) ?? []).map((service) => ({ service })));
  }
  const payins = listed(field(container, 'payin_services'));
  const payouts = listed(field(container, 'payout_services'));
  if (payins === undefined && payouts === undefined) return undefined;
  const idOf = (service: Json): string | undefined => textOf(field(service, 'id'));
  const inList = (list: readonly Json[] | undefined, service: Json): boolean =>
    list?.some((one) => idOf(one) === idOf(service)) ?? false;
  return [...(payins ?? []), ...(payouts ?? [])].map((service) => ({
    service,
    deposits: inList(payins, service),
    withdrawals: inList(payouts, service),
  }));
}

function listed(value: Json | undefined): readonly Json[] | undefined {
  return isList(value) ? value : undefined;
}

function readService(
  { service, deposits, withdrawals }: Announced,
  defaults: ServiceDefaults,
): Service | undefined {
  const id = textOf(field(service, 'id'));
  const name = textOf(field(service, 'name'));
  const country = textOf(field(service, 'country_code', 'country'))?.toUpperCase();
  const currency = field(service, 'currency');
  // The id travels in a header, so its letters are limited.
  if (id === undefined || !/^[A-Za-z0-9_-]{1,40}$/.test(id) || name === undefined) return undefined;
  if (country === undefined || !isCurrency(currency) || countryOf(country)?.currency !== currency)
    return undefined;
  const method =
    readMethod(textOf(field(service, 'operator')) ?? '') ??
    readMethod(name) ??
    readMethod(textOf(field(service, 'description')) ?? '');
  const limits = readLimits(service, currency);
  if (method === undefined || limits === undefined) return undefined;
  const fee = readFee(field(service, 'fee_percent', 'fee')) ?? defaults.feeBasisPoints;
  return {
    id,
    name: name.slice(0, 80),
    method,
    country,
    currency,
    deposits: flagOf(field(service, 'depositable')) ?? deposits ?? false,
    withdrawals: flagOf(field(service, 'withdrawable')) ?? withdrawals ?? false,
    active: flagOf(field(service, 'is_active')) ?? true,
    ...limits,
    needsOtp:
      flagOf(field(service, 'otp_required')) ??
      (method === 'orange_money' && defaults.otpCountries.includes(country)),
    ...(fee === undefined ? {} : { feeBasisPoints: fee }),
  };
}

const METHOD_WORDS: Readonly<Record<string, Method>> = {
  WAVE: 'wave',
  ORANGE: 'orange_money',
  OM: 'orange_money',
  MOOV: 'moov_money',
  FLOOZ: 'moov_money',
  MTN: 'mtn_money',
  MOMO: 'mtn_money',
  VISA: 'visa',
  CARD: 'visa',
  CARTE: 'visa',
};

/** The one method that the words name; nothing when they name none, or two. */
function readMethod(words: string): Method | undefined {
  const named = words
    .toUpperCase()
    .split(/[^A-Z]+/)
    .flatMap((word) => (Object.hasOwn(METHOD_WORDS, word) ? (METHOD_WORDS[word] ?? []) : []));
  const different = new Set(named);
  return different.size === 1 ? named[0] : undefined;
}

function readLimits(
  service: Json,
  currency: Service['currency'],
): Pick<Service, 'minAmount' | 'maxAmount' | 'amountStep'> | undefined {
  const limit = (otherwise: bigint, ...names: readonly string[]): bigint | undefined => {
    const written = field(service, ...names);
    return written === undefined ? otherwise : amountIfReadable(written, currency)?.amount;
  };
  const least = limit(SMALLEST_AMOUNT, 'min_amount');
  const maxAmount = limit(USUAL_LARGEST_AMOUNT, 'max_amount');
  const step = limit(1n, 'amount_step', 'step');
  if (least === undefined || maxAmount === undefined || step === undefined) return undefined;
  // A step of nothing is how some write that there is none.
  const amountStep = step === 0n ? 1n : step;
  const minAmount = least < SMALLEST_AMOUNT ? SMALLEST_AMOUNT : least;
  return minAmount <= maxAmount ? { minAmount, maxAmount, amountStep } : undefined;
}

/** A percentage with at most two decimals, in hundredths of a percent: `1.5` is 150. */
function readFee(written: Json | undefined): number | undefined {
  const percent = /^([0-9]{1,2})(?:\.([0-9]{1,2})0*)?$/.exec(textOf(written) ?? '');
  if (percent === null) return undefined;
  const basisPoints = Number(percent[1]) * 100 + Number((percent[2] ?? '').padEnd(2, '0'));
  return basisPoints <= LARGEST_FEE_BASIS_POINTS ? basisPoints : undefined;
}
