/**
 * Writes an alarm as a subject and a few lines, in the host's language.
 */
import type { Locale } from '../../ground/money/money-text.ts';
import type { AlertMessage } from '../../oversight/alerts/alert-gateway.ts';
import { ruleText } from '../../oversight/alerts/rule-text.ts';

export function alertSubject({ what, alert }: AlertMessage, locale: Locale): string {
  const over = locale === 'fr' ? 'Terminé' : 'Over';
  const subject = alert.subject === 'all' ? '' : ` (${alert.subject})`;
  return `[Tontine Pro] ${what === 'resolved' ? `${over}: ` : ''}${ruleText(alert.rule, locale)}${subject}`;
}

export function alertLines({ alert }: AlertMessage, consoleUrl: string, locale: Locale): string {
  const [measured, since, times] =
    locale === 'fr' ? ['Mesuré', 'Depuis', 'Vu'] : ['Measured', 'Since', 'Seen'];
  return [
    `${measured}: ${alert.measured}`,
    `${since}: ${alert.firstAt.toISOString()}`,
    `${times}: ${alert.times} x`,
    consoleUrl,
    '',
  ].join('\n');
}
