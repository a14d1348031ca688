/**
 * Is the pot of a cycle while an act pays from it: what is there for which round, in wallets and in notes.
 */
import type { PotRound } from './pot.rows.ts';

/** Wallet money for which notes were taken out of the pot. */
export interface Exchanged {
  /** By keepers, who paid for them. */
  readonly byKeepers: bigint;
  /** By leavers without a wallet, for wallet money that was given back to them. */
  readonly byLeavers: bigint;
}

export class Pot {
  private readonly rounds: Map<number, bigint>;
  private readonly needs: Map<number, bigint>;
  private wallet: bigint;
  private cash: bigint;
  /** What lies in wallets for the rounds and came in for leavers; less than nothing when it is the other way round. */
  readonly fromLeavers: bigint;

  /** `needs`: what the pots of each round still wait for. */
  constructor(
    rounds: readonly PotRound[],
    exchanged: Exchanged,
    needs: ReadonlyMap<number, bigint> = new Map(),
  ) {
    this.needs = new Map(needs);
    this.rounds = new Map(
      rounds.map((one) => [one.number, one.inWallet + one.inCash - one.outWallet - one.outCash]),
    );
    const wallet = rounds.reduce((sum, one) => sum + one.inWallet - one.outWallet, exchanged.byKeepers);
    const cash = rounds.reduce((sum, one) => sum + one.inCash - one.outCash, -exchanged.byKeepers);
    this.fromLeavers = swapped({ wallet, cash }, exchanged.byLeavers);
    this.wallet = wallet + this.fromLeavers;
    this.cash = cash - this.fromLeavers;
  }

  /** What was collected for the rounds up to this one and is not handed out. */
  availableUpTo(round: number): bigint {
    let sum = 0n;
    for (const [number, amount] of this.rounds) if (number <= round) sum += amount;
    return sum;
  }

  /**
   * What was collected for a round, and what earlier rounds do not need. A pot that waits for its last franc keeps what
   * is there for it: a later one that was paid with it would be paid with somebody else's turn.
   */
  availableFor(round: number): bigint {
    let carried = 0n;
    for (const [number, left] of [...this.rounds].toSorted(([one], [other]) => one - other)) {
      const have = carried + left;
      if (number >= round) return number === round ? have : carried;
      const need = this.needs.get(number) ?? 0n;
      carried = have > need ? have - need : have < 0n ? have : 0n;
    }
    return carried;
  }

  get inWallet(): bigint {
    return this.wallet;
  }

  get inCash(): bigint {
    return this.cash;
  }

  /** What comes in for a round besides its dues. */
  add(round: number, wallet: bigint, cash: bigint): void {
    this.wallet += wallet;
    this.cash += cash;
    this.rounds.set(round, (this.rounds.get(round) ?? 0n) + wallet + cash);
  }

  /** What is handed out for a round, which then needs that much less. */
  take(round: number, wallet: bigint, cash: bigint): void {
    this.add(round, -wallet, -cash);
    this.needs.set(round, (this.needs.get(round) ?? 0n) - wallet - cash);
  }
}

/**
 * How much wallet money of leavers counts for the rounds, in exchange for notes. Notes that come in for a leaver later do
 * not undo what a pot was paid with before, and a keeper may take notes that came in for a leaver: neither half of what
 * the rounds have goes below nothing.
 */
function swapped(rounds: { readonly wallet: bigint; readonly cash: bigint }, byLeavers: bigint): bigint {
  const least = -rounds.wallet;
  const most = rounds.cash;
  if (byLeavers < least) return least;
  return byLeavers > most ? most : byLeavers;
}
