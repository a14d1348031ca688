/**
 * Is everything that the GetMiPay adapter is told at boot, and what makes such a configuration unusable.
 *
 * Two generations of the API live side by side and no public page says which is current, so paths, recipe and number
 * format are configuration and never constants. The environment is read elsewhere. Test keys on live money, or live
 * keys on play money, stop the boot here: found later, it is a payment in the wrong world.
 */
import { MINUTE_MS, SECOND_MS } from '../../../ground/clock.ts';
import { invariant } from '../../../ground/refusal.ts';
import type { Environment } from '../../provider.ts';

/** How the API knows us. */
export type Generation =
  | 'jwt' // both keys are exchanged for a token of some hours, sent as `Authorization: Bearer`
  | 'api-key'; // GETMIPAY_API_KEY itself goes with each call, as `X-API-KEY`

/** Which bytes a callback's signature covers; GetMiPay does not publish it, so exactly one is configured. */
export type WebhookRecipe =
  | 'body' // the raw body alone
  | 'timestamp.body' // timestamp, a full stop, body
  | 'timestamp-body' // timestamp directly followed by the body
  | 'timestamp-lf-body'; // timestamp, a line feed, body

/** How a number is written in `wallet`. */
export type WalletFormat =
  | 'international' // digits with the country's calling code: 2250701020304
  | 'national'; // digits without it: 0701020304

export interface GetmipayPaths {
  readonly auth: string;
  readonly payin: string;
  readonly payout: string;
  readonly status: string;
  readonly balance: string;
  readonly services: string;
}

export interface GetmipayConfiguration {
  /** With the version, without a final slash needed: `https://getmipay.com/api/v1`. */
  readonly apiUrl: string;
  /** GETMIPAY_API_KEY. */
  readonly publicKey: string;
  /** GETMIPAY_SECRET_KEY; not used by the generation `api-key`. */
  readonly secretKey: string;
  /** Absent: callbacks are believed unsigned in the sandbox and refused in live. Empty: always refused. */
  readonly webhookSecret?: string;
  /** Still accepted while the secret is being changed. */
  readonly previousWebhookSecret?: string;
  readonly webhookRecipe: WebhookRecipe;
  /** How far a callback's timestamp may be from our clock, both ways. */
  readonly webhookTolerance_s: number;
  readonly generation: Generation;
  readonly paths: GetmipayPaths;
  readonly environment: Environment;
  readonly walletFormat: WalletFormat;
  readonly connectTimeout_ms: number;
  /** From the first byte sent to the last byte read, connecting included. */
  readonly totalTimeout_ms: number;
  /** Countries where Orange Money wants a code from the person, for services that do not say so themselves. */
  readonly otpCountries: readonly string[];
  /** Announced fee in hundredths of a percent for services that do not say theirs. */
  readonly feeBasisPoints?: number;
}

const DEFAULT_PATHS: Readonly<Record<Generation, GetmipayPaths>> = {
  jwt: {
    auth: '/action/auth',
    payin: '/payins',
    payout: '/payouts',
    status: '/transaction-check',
    balance: '/balance',
    services: '/services',
  },
  'api-key': {
    auth: '/action/auth',
    payin: '/payments/payin',
    payout: '/payouts',
    status: '/payments/direct-status',
    balance: '/balance',
    services: '/services',
  },
};

/** What must be told; the rest has a default. */
export type GetmipayChoices = Pick<
  GetmipayConfiguration,
  'apiUrl' | 'publicKey' | 'secretKey' | 'environment'
> &
  Partial<Omit<GetmipayConfiguration, 'paths'>> & { readonly paths?: Partial<GetmipayPaths> };

/** Fills in the defaults, path by path. */
export function completeConfiguration(choices: GetmipayChoices): GetmipayConfiguration {
  const generation = choices.generation ?? 'jwt';
  return {
    webhookRecipe: 'timestamp.body',
    webhookTolerance_s: (5 * MINUTE_MS) / SECOND_MS,
    walletFormat: 'international',
    connectTimeout_ms: 5 * SECOND_MS,
    totalTimeout_ms: 30 * SECOND_MS,
    otpCountries: ['CI', 'SN', 'BF'],
    ...choices,
    generation,
    paths: { ...DEFAULT_PATHS[generation], ...choices.paths },
  };
}

/** Throws, naming what is wrong and never its value, when the configuration could touch the wrong money. */
export function requireUsable(configuration: GetmipayConfiguration): void {
  const { environment, generation, publicKey, secretKey } = configuration;
  invariant(URL.canParse(configuration.apiUrl), 'the GetMiPay address is not an address');
  const { protocol } = new URL(configuration.apiUrl);
  invariant(/^https?:$/.test(protocol), 'the GetMiPay address is not a web address');
  invariant(environment === 'sandbox' || protocol === 'https:', 'live GetMiPay must be reached over https');
  invariant(isKey(publicKey), 'the GetMiPay public key is missing, or has spaces in it');
  invariant(
    generation === 'api-key' || isKey(secretKey),
    'the GetMiPay secret key is missing, or has spaces',
  );
  const foreign = environment === 'live' ? '_test_' : '_live_';
  invariant(
    !publicKey.includes(foreign) && !secretKey.includes(foreign),
    `a GetMiPay key marked ${foreign} cannot be used in ${environment}`,
  );
  invariant(
    0 < configuration.connectTimeout_ms && configuration.connectTimeout_ms <= configuration.totalTimeout_ms,
    'the GetMiPay connect timeout must be above 0 and within the total timeout',
  );
}

/** Keys travel in headers: a pasted line break or space would be refused there, or worse, split the header. */
function isKey(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
