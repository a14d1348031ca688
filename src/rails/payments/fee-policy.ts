/**
 * Decides who bears the provider's fee, and what that means for the books.
 *
 * The provider takes its fee out of what it collects. Crediting the collected amount to a wallet without saying who
 * pays the difference would create money.
 */
import { invariant } from '../../ground/refusal.ts';

export type FeePolicy =
  | 'wallet' // the wallet receives what remains after the fee; the person sees it before confirming
  | 'payer' // the phone is asked for more, so that the wallet receives what was typed
  | 'platform'; // the wallet receives what was typed and the host bears the fee

export interface FeeQuote {
  /** What the phone is asked for. */
  readonly amount: bigint;
  readonly fee: bigint;
  /** What arrives in the wallet. */
  readonly credit: bigint;
}

const WHOLE = 10_000n;

/**
 * Quotes a deposit of `typed` (smallest unit) at a fee of `basisPoints` hundredths of a percent, rounded up to the
 * franc because that is how providers round. What the payer policy adds is rounded up to whole steps of the operator:
 * whoever types a round amount must not be refused for a fee that they did not type.
 */
export function quoteFee(policy: FeePolicy, typed: bigint, basisPoints: number, step = 1n): FeeQuote {
  const rate = BigInt(basisPoints);
  invariant(rate >= 0n && rate < WHOLE, `a fee of ${basisPoints} hundredths of a percent cannot be`);
  if (policy === 'payer') {
    const amount = ceilingOf(ceilingOf(typed * WHOLE, WHOLE - rate), step) * step;
    return { amount, fee: ceilingOf(amount * rate, WHOLE), credit: typed };
  }
  const fee = ceilingOf(typed * rate, WHOLE);
  return { amount: typed, fee, credit: policy === 'platform' ? typed : typed - fee };
}

/** One movement of a settled deposit: what the wallet receives, and from where. */
export interface DepositLeg {
  readonly role: 'credit' | 'fee-borne' | 'surplus';
  readonly amount: bigint;
}

/**
 * Splits what the provider really keeps for us (`paid` − `fee`) into the legs of the journal: `credit` comes from the
 * float into the wallet, `fee-borne` tops the wallet up at the host's expense, `surplus` is what a quote that was too
 * high leaves to the host.
 */
export function splitDeposit(
  policy: FeePolicy,
  paid: bigint,
  fee: bigint,
  wantedCredit: bigint,
): { readonly credited: bigint; readonly legs: readonly DepositLeg[] } {
  const net = paid - fee;
  invariant(net > 0n, `a deposit of ${paid} cannot carry a fee of ${fee}`);
  const credited = policy === 'wallet' ? net : wantedCredit;
  const legs: DepositLeg[] = [{ role: 'credit', amount: credited < net ? credited : net }];
  if (credited > net) legs.push({ role: 'fee-borne', amount: credited - net });
  if (credited < net) legs.push({ role: 'surplus', amount: net - credited });
  return { credited, legs };
}

function ceilingOf(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
