/**
 * Converts an amount between the four currencies of the conversion endpoint, for display only.
 *
 * The two CFA francs are fixed to the euro by treaty (655.957 to 1); the dollar's rate is a fixed one of the simulator,
 * and no payment ever uses it. Whole numbers throughout, rounded half up.
 */

/** Thousandths of a CFA franc for one unit. */
const RATES: Readonly<Record<string, bigint>> = { XAF: 1_000n, XOF: 1_000n, EUR: 655_957n, USD: 600_000n };

const FRANCS: ReadonlySet<string> = new Set(['XAF', 'XOF']);

/** The amount in `to`, with at most two decimals; nothing when an amount or a currency cannot be read. */
export function convert(amount: string, from: string, to: string): number | undefined {
  const [source, target] = [RATES[from], RATES[to]];
  const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(amount);
  if (source === undefined || target === undefined || parts === null) return undefined;
  const hundredths = BigInt(parts[1] ?? '') * 100n + BigInt((parts[2] ?? '').padEnd(2, '0'));
  const unit = FRANCS.has(to) ? 100n : 1n;
  const rounded = (hundredths * source * 2n + target * unit) / (target * unit * 2n);
  return Number(rounded * unit) / 100;
}
