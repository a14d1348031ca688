/**
 * Says whether a database has payments of the other kind of money than the one that is configured.
 *
 * What sandbox money brought into a wallet would be paid out in real francs by a product that was switched to live keys on
 * the same database, and nothing else would notice.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import type { RailsSettings } from '../settings.ts';

type Environment = RailsSettings['GETMIPAY_ENVIRONMENT'];

/** One that the provider knows is enough, and found by its index: this is asked at every start. */
export async function hasPaymentsOf(
  reader: Reader,
  provider: string,
  environment: Environment,
): Promise<boolean> {
  const found = await sql<{
    found: boolean;
  }>`select exists (select 1 from payments where provider = ${provider}
    and environment = ${environment} and provider_reference is not null) as found`.execute(reader);
  return found.rows[0]?.found === true;
}
