/**
 * Lets the kept statements of a transaction go by the one plan that the connection keeps of each, and by indexes only.
 *
 * Unasked, the server weighs for each call whether a plan of its own would be worth it, and for small sets it makes one every
 * time: planning then costs as much as the work. A plan made while a table was empty must not walk it when it is full, so
 * walking is ruled out. Only for transactions whose every statement finds its rows by a key.
 */
import { sql } from 'kysely';
import type { Tx } from './database.ts';

export async function pinPlans(tx: Tx): Promise<void> {
  await sql`/* keep: pin-plans */ select set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('enable_seqscan', 'off', true)`.execute(tx);
}
