/**
 * Reads the method that a form sends, and guesses the likely one for a number.
 */
import { operatorHint } from '../../people/operator-hint.ts';
import type { Phone } from '../../people/phone-number.ts';
import { METHODS, type Method } from '../../rails/provider.ts';

/** One of our methods, or nothing. */
export function methodOf(text: string | undefined): Method | undefined {
  return METHODS.find((method) => method === text);
}

/** The method that the number's prefix suggests, if it is offered; a hint only, because numbers are portable. */
export function hintedMethod(phone: Phone, offered: readonly Method[]): Method | undefined {
  const hint = operatorHint(phone);
  const wished = METHODS.find((method) => method.startsWith(`${hint ?? '-'}_`));
  return wished !== undefined && offered.includes(wished) ? wished : undefined;
}
