/**
 * Lets a session into the console: the code of the authenticator was right, and the trail says who came from where.
 *
 * Refuses: what `prove-second-factor.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import { type CodeTyped, proveSecondFactor } from '../../people/prove-second-factor.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Operator } from '../operator.ts';

export async function enterConsole(
  tx: Tx,
  ground: Ground,
  by: Operator,
  typed: CodeTyped,
): Promise<Answer<undefined>> {
  const proven = await proveSecondFactor(tx, ground, typed);
  if (!proven.ok) return proven;
  await recordAct(tx, ground, by, { act: 'console.entered', subjectId: typed.sessionId });
  return proven;
}
