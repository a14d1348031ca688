/**
 * Is the one merchant that the simulator serves, and everything its doors share.
 */
import type { Chance } from '../../ground/chance.ts';
import type { Clock } from '../../ground/clock.ts';
import type { AccessTokens } from './api/access-token.ts';
import type { SimulatorBooks } from './books.ts';

export interface Merchant {
  readonly name: string;
  readonly publicKey: string;
  readonly secretKey: string;
  /** Where callbacks go when a payment names no address: the setting of the merchant's dashboard. */
  readonly dashboardUrl: string | undefined;
}

export interface Counter {
  readonly books: SimulatorBooks;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly merchant: Merchant;
  readonly tokens: AccessTokens;
  /** Address of the simulator's pages as the payer's browser sees it, without a slash at the end. */
  publicUrl(): string;
  /** Delay of the answer of magic number 0015, ended early when the simulator closes. */
  readonly waitSlowly: () => Promise<void>;
  /** Sends the callbacks that are due now and resolves when they were tried. */
  deliver(): Promise<void>;
}
