/**
 * Says how often the product is killed: fifty times in all, a fifth with deposits alone under way and the rest with
 * withdrawals too. `CRASH_ROUNDS=500` asks for more.
 *
 * The number is a promise: no round is left out because a machine is slow.
 */
const ALL = Number(process.env.CRASH_ROUNDS ?? '50');
if (!Number.isSafeInteger(ALL) || ALL < 2) throw new Error('CRASH_ROUNDS takes a whole number from 2');

export const DEPOSIT_ROUNDS = Math.max(1, Math.round(ALL / 5));
export const WITHDRAWAL_ROUNDS = ALL - DEPOSIT_ROUNDS;

/** A start on a machine that does much else takes ten seconds; a hang must still end. */
export function patienceFor_ms(rounds: number): number {
  return 120_000 + rounds * 20_000;
}
