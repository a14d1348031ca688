/**
 * Says in a sentence what an alarm means, in both languages: the same in the console, by e-mail and by webhook.
 */
import type { Locale } from '../../ground/money/money-text.ts';
import type { AlertRule } from './alert-rule.ts';

const RULES: Readonly<Record<Locale, Readonly<Record<AlertRule, string>>>> = {
  fr: {
    'unknown-old': 'Une réponse perdue n’est pas retrouvée',
    'float-low': 'Le flottant chez le fournisseur est bas',
    'float-unread': 'Le fournisseur ne dit plus son solde',
    'success-drop': 'La réussite d’un moyen de paiement tombe',
    'signature-failures': 'Des notifications ont une signature fausse',
    'callbacks-parked': 'Des notifications attendent un paiement inconnu',
    'chain-broken': 'Une ligne des livres ou de la piste a été changée',
    'dead-jobs': 'Des tâches ont été abandonnées',
    'sms-spike': 'Beaucoup de codes vers des numéros voisins',
    'review-waiting': 'Un dossier attend une décision',
    'reconciliation-break': 'Un écart avec le fournisseur reste inexpliqué',
    'head-differs': 'Les livres ne sont plus ceux dont l’empreinte fut publiée',
    'head-old': 'Aucune empreinte des livres n’est plus publiée',
    'months-short': 'Il reste peu de mois préparés pour les livres',
    'backup-old': 'La dernière sauvegarde est trop vieille',
  },
  en: {
    'unknown-old': 'A lost answer is not found',
    'float-low': 'The float at the provider is low',
    'float-unread': 'The provider does not tell its balance any more',
    'success-drop': 'The success of a method drops',
    'signature-failures': 'Callbacks have a wrong signature',
    'callbacks-parked': 'Callbacks wait for an unknown payment',
    'chain-broken': 'A row of the books or of the trail was changed',
    'dead-jobs': 'Jobs gave up',
    'sms-spike': 'Many codes to numbers that begin alike',
    'review-waiting': 'A case waits for a decision',
    'reconciliation-break': 'A difference with the provider is unexplained',
    'head-differs': 'The books are not those whose head was published',
    'head-old': 'Heads of the books are published no more',
    'months-short': 'Few months lie ready for the books',
    'backup-old': 'The last backup is too old',
  },
};

export function ruleText(rule: AlertRule, locale: Locale): string {
  return RULES[locale][rule];
}
