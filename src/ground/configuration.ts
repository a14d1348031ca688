/**
 * Reads the environment once, at boot, and stops with the name of the variable that is wrong.
 *
 * Each floor declares its own variables as a zod shape; nothing else in the product reads the environment. An empty
 * variable counts as absent, because `KEY=` in a file is how people leave one out.
 */
import { z } from 'zod';
import { inFrench } from './configuration-words.ts';
import { Hindrance } from './refusal.ts';

/** Thrown at boot; it names each variable and says what it should be, and never repeats its value. */
export class ConfigurationError extends Hindrance {
  constructor(fr: string, en: string, options?: ErrorOptions) {
    super({ fr, en }, options);
  }
}

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

export function readSettings<S extends z.ZodType>(shape: S, variables: EnvironmentVariables): z.output<S> {
  const present = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const read = shape.safeParse(present);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => ({
    name: issue.path.join('.') || '(all)',
    fr: inFrench(issue),
    en: issue.message,
  }));
  throw new ConfigurationError(
    `Cette configuration n’est pas utilisable :\n${faults.map(({ name, fr }) => `  ${name} : ${fr}`).join('\n')}`,
    `The configuration cannot be used:\n${faults.map(({ name, en }) => `  ${name}: ${en}`).join('\n')}`,
  );
}

export const DEFAULT_DATA_DIR = './data';

/** What the ground needs to know. */
export const groundSettings = z.object({
  /** `demo` runs with demo people and the simulator; `production` refuses everything that is not fit for it. */
  MODE: z.enum(['demo', 'production']).default('demo'),
  /** PostgreSQL; absent means the embedded database in DATA_DIR, for trying out only. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  /** Where the embedded database, the demo's secret and the simulator's books are kept. */
  DATA_DIR: z.string().default(DEFAULT_DATA_DIR),
  /** At least 32 characters; every key of the product is derived from it. Made by itself in demo mode. */
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  /**
   * Keys under which phone numbers and names are kept, at least 32 characters each, separated by commas: the first one
   * seals, all open. Derived from SECRET_KEY when absent, which production refuses.
   */
  SEAL_KEYS: z
    .string()
    .regex(/^[^\s,]{32,}(,[^\s,]{32,})*$/, 'must be keys of at least 32 characters, separated by commas')
    .optional(),
  /** How long the books of a person who is erased must be kept; the law of the host's country says it. */
  BOOKS_KEPT_YEARS: z.coerce.number().int().min(1).max(50).default(10),
  /** What this process does: serve pages, work on jobs, or both. */
  ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type GroundSettings = z.output<typeof groundSettings>;
