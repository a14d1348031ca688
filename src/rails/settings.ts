/**
 * Reads what the rails need from the environment, under the names that the first application used.
 *
 * A live environment is refused unless everything that protects money is there: real keys, a webhook secret, https.
 */
import { z } from 'zod';

const seconds = z.coerce.number().int().min(1).max(3600);

export const railsSettings = z.object({
  /** Absent means the built-in simulator. */
  GETMIPAY_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  GETMIPAY_API_KEY: z.string().min(8, 'must have at least 8 characters').optional(),
  GETMIPAY_SECRET_KEY: z.string().min(8, 'must have at least 8 characters').optional(),
  GETMIPAY_WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  /** The secret before the last rotation; accepted beside the current one until it is removed here. */
  GETMIPAY_WEBHOOK_SECRET_PREVIOUS: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Which bytes the provider signs; it is documented nowhere, so exactly one recipe is configured and accepted. */
  GETMIPAY_WEBHOOK_RECIPE: z
    .enum(['body', 'timestamp.body', 'timestamp-body', 'timestamp-lf-body'])
    .default('timestamp.body'),
  GETMIPAY_WEBHOOK_TOLERANCE_S: seconds.default(300),
  /** `jwt` is the documented interface; `api-key` is what the provider's own libraries still speak. */
  GETMIPAY_GENERATION: z.enum(['jwt', 'api-key']).default('jwt'),
  GETMIPAY_ENVIRONMENT: z.enum(['sandbox', 'live']).default('sandbox'),
  /** Whether a production may run on sandbox money: a rehearsal, on a database that never becomes the real one. */
  GETMIPAY_REHEARSAL: z.stringbool({ error: 'must be true or false' }).default(false),
  GETMIPAY_PAYIN_PATH: z.string().startsWith('/', 'must start with /').optional(),
  GETMIPAY_STATUS_PATH: z.string().startsWith('/', 'must start with /').optional(),
  GETMIPAY_TIMEOUT_S: seconds.default(30),
  /** Fee in percent to announce when the provider's list of services does not tell. */
  GETMIPAY_FEE_PERCENT: z.coerce.number().min(0).max(20).default(3),
  /** Who bears the provider's fee: see `fee-policy.ts`. */
  FEE_POLICY: z.enum(['wallet', 'payer', 'platform']).default('wallet'),
  /** Port of the built-in simulator. */
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
});

export type RailsSettings = z.output<typeof railsSettings>;

/** True when no provider is configured and the simulator takes its place. */
export function usesSimulator(settings: RailsSettings): boolean {
  return settings.GETMIPAY_API_URL === undefined;
}
