/**
 * Tells what to dial to get an operator's one-time code.
 *
 * Shown as help only; an operator that changes its menu makes a sentence wrong and no payment.
 */
import type { Method } from '../../../rails/provider.ts';

/** Orange Money menus as published by the operator in each country; read 2026-11. */
const MENUS: Readonly<Record<string, string>> = {
  'CI orange_money': '#144*82#',
  'SN orange_money': '#144*391#',
  'BF orange_money': '*144*4*6#',
};

export function otpMenu(country: string, method: Method): string | undefined {
  return MENUS[`${country} ${method}`];
}
