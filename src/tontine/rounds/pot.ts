/**
 * Is the pot of a cycle while an act pays from it: what is there for which round, in wallets and in notes.
 */
import type { PotRound } from './pot.rows.ts';

export class Pot {
  private readonly rounds: Map<number, bigint>;
  private wallet: bigint;
  private cash: bigint;

  constructor(rounds: readonly PotRound[], exchanged: bigint) {
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

  get inWallet(): bigint {
    return this.wallet;
  }

  get inCash(): bigint {
    return this.cash;
  }

  add(round: number, wallet: bigint, cash: bigint): void {
    this.wallet += wallet;
    this.cash += cash;
    this.rounds.set(round, (this.rounds.get(round) ?? 0n) + wallet + cash);
  }
}
