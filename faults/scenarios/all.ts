/**
 * Lists every scenario: the forty faults of the catalogue, those of groups, and what each requires.
 */

import type { Scenario } from '../stage.ts';
import { AMOUNT_SCENARIOS } from './amounts.ts';
import { BOX_SCENARIOS } from './boxes.ts';
import { BURST_SCENARIOS } from './bursts.ts';
import { CALLBACK_SCENARIOS } from './callbacks.ts';
import { CRASH_SCENARIOS } from './crashes.ts';
import { CROWD_SCENARIOS } from './crowds.ts';
import { EXCHANGE_SCENARIOS } from './exchanges.ts';
import { FREEZE_SCENARIOS } from './freezes.ts';
import { LEAVING_SCENARIOS } from './leaving.ts';
import { LOST_ANSWER_SCENARIOS } from './lost-answers.ts';
import { NOTE_SCENARIOS } from './notes-and-fines.ts';
import { ON_THE_WAY_SCENARIOS } from './on-the-way.ts';
import { REVERSAL_SCENARIOS } from './reversals.ts';
import { SECOND_PAYMENT_SCENARIOS } from './second-payments.ts';
import { STATEMENT_SCENARIOS } from './statements.ts';
import { TONTINE_SCENARIOS } from './tontines.ts';
import { TURN_SCENARIOS } from './turns.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...CALLBACK_SCENARIOS,
  ...BURST_SCENARIOS,
  ...AMOUNT_SCENARIOS,
  ...LOST_ANSWER_SCENARIOS,
  ...REVERSAL_SCENARIOS,
  ...CRASH_SCENARIOS,
  ...CROWD_SCENARIOS,
  ...ON_THE_WAY_SCENARIOS,
  ...FREEZE_SCENARIOS,
  ...SECOND_PAYMENT_SCENARIOS,
  ...STATEMENT_SCENARIOS,
  ...TONTINE_SCENARIOS,
  ...LEAVING_SCENARIOS,
  ...BOX_SCENARIOS,
  ...NOTE_SCENARIOS,
  ...TURN_SCENARIOS,
  ...EXCHANGE_SCENARIOS,
];
