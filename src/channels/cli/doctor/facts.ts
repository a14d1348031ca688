/**
 * Is everything that the doctor looks at, gathered before it is judged: the judgement is then a pure table.
 */
import type { MonthFacts } from '../../../ground/archive/examine-months.ts';
import type { DrillReport } from '../../../ground/backup/drill-restore.ts';
import type { ServerFacts } from '../../../ground/postgres/examine-server.ts';
import type { SchemaFacts } from '../../../ground/postgres/migrate.ts';
import type { QueueFacts } from '../../../ground/queue/examine-queue.ts';
import type { HeadsVerdict } from '../../../oversight/heads/check-heads.ts';
import type { Examination } from '../../../rails/providers/getmipay/examine-access.ts';
import type { AllSettings } from '../../boot-checks.ts';
import type { ProductFacts } from '../read-package.ts';

/** What was found, or why it could not be looked at (a code or a name, never an address). */
export type Found<T> = { readonly found: T } | { readonly unknown: string };

/** Why the embedded database cannot be looked at while the product runs on it. */
export const IN_USE = 'in use';

export interface DatabaseFacts {
  /** Nothing for the embedded database. */
  readonly server: ServerFacts | undefined;
  readonly schema: SchemaFacts;
  readonly queue: QueueFacts | undefined;
  readonly admins: number;
  /** Of those, how many have not linked an authenticator yet. */
  readonly adminsWithoutSecondFactor: number;
  readonly demoPeople: number;
  /** The key by which an auditor checks what was published, hexadecimal. */
  readonly headKey: string | undefined;
  /** Whether the books are those of which the outside was told. Nothing when no place is configured. */
  readonly heads: Found<HeadsVerdict> | undefined;
  /** Whether numbers and names are still written plainly, for an older version. */
  readonly writesPlainly: boolean;
  /** Of the journal and of events; none before the migrations have run. */
  readonly months: readonly MonthFacts[];
}

export interface BackupFacts {
  readonly newestAt: Date | undefined;
  /** Of the newest one that was tried. */
  readonly drill: DrillReport | undefined;
}

export interface SiteFacts {
  /** The answer of `/health` at the public address; 0 when there was none. */
  readonly health: number;
  /** Until when the certificate is good; nothing without https. */
  readonly certificateUntil: Date | undefined;
}

export interface Facts {
  readonly settings: AllSettings;
  readonly product: ProductFacts;
  readonly now: Date;
  readonly nodeVersion: string;
  /** Mode bits of the file with the configuration; nothing when there is none. */
  readonly envFileMode: number | undefined;
  readonly disk: Found<{ readonly freeBytes: number; readonly totalBytes: number }>;
  readonly provider: Found<Examination>;
  /** Seconds by which our clock is ahead of the provider's. */
  readonly skew: Found<number>;
  readonly site: Found<SiteFacts>;
  readonly database: Found<DatabaseFacts>;
  /** Nothing when no place is configured. */
  readonly backups: Found<BackupFacts> | undefined;
}
