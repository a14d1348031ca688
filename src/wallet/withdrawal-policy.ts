/**
 * Is what the host decides about withdrawals: its fee, and how long a change of identity makes money wait.
 */
import { DAY_MS } from '../ground/clock.ts';

export interface WithdrawalPolicy {
  /** What the host takes on top of the amount sent, in hundredths of a percent (100 = 1 %). */
  readonly withdrawalFeeBasisPoints: number;
  /** False where nobody would understand the wait, such as a trial installation. */
  readonly holdNewDevices: boolean;
  /** How long withdrawals wait after a changed phone, a replaced PIN or a new device. */
  readonly hold_ms: number;
}

export const WITHDRAWAL_POLICY: WithdrawalPolicy = {
  withdrawalFeeBasisPoints: 100,
  holdNewDevices: true,
  hold_ms: DAY_MS,
};
