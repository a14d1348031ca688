/**
 * Is the pot of a cycle while an act pays from it: what is there for which round, in wallets and in notes.
 */
import type { PotRound } from './pot.rows.ts';

export class Pot {
  private readonly rounds: Map<number, bigint>;
  private readonly needs: Map<number, bigint>;
  private wallet: bigint;
  private cash: bigint;

  /** `needs`: what the pots of each round still wait for. */
  constructor(
    rounds: readonly PotRound[],
    exchanged: bigint,
    needs: ReadonlyMap<number, bigint> = new Map(),
  ) {
    this.needs = new Map(needs);
    this.rounds = new Map(
      rounds.map((one) => [one.number, one.inWallet + one.inCash - one.outWallet - one.outCash]),
    );
    this.wallet = rounds.reduce((sum, one) => sum + one.inWallet - one.outWallet, exchanged);
    this.cash = rounds.reduce((sum, one) => sum + one.inCash - one.outCash, -exchanged);
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
