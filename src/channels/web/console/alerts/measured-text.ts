/**
 * Writes what an alarm measured as its reader would say it: money as money, a number with its unit.
 */
import { isCurrency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../../ground/money/money-text.ts';
import type { Alert } from '../../../../oversight/alerts/alert.rows.ts';
import type { AlertRule } from '../../../../oversight/alerts/alert-rule.ts';
import { numbered } from '../../words/quoted.ts';

const UNITS: Readonly<Partial<Record<AlertRule, string>>> = {
  'unknown-old': 'min',
  'float-unread': 'min',
  'head-old': 'min',
  'success-drop': '%',
  'review-waiting': 'h',
  'reconciliation-break': 'h',
  'backup-old': 'h',
};

export function measuredText(alert: Pick<Alert, 'rule' | 'subject' | 'measured'>, locale: Locale): string {
  const { rule, subject, measured } = alert;
  const row = /^nº (\d+)/.exec(measured);
  if (row !== null) return `${numbered(row[1] ?? '', locale)}${measured.slice(row[0].length)}`;
  if (!/^-?\d{1,18}$/.test(measured)) return measured;
  if (rule === 'float-low' && isCurrency(subject))
    return moneyText(money(BigInt(measured), subject), 'page', locale);
  const unit = UNITS[rule];
  return unit === undefined ? measured : `${measured}\u00a0${unit}`;
}
