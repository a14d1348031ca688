/**
 * Writes the facts of an act or an event in the reader's words.
 *
 * Facts are kept as codes, so that the trail can be hashed and compared for years. What has no word is shown as it is,
 * because hiding it would hide what happened.
 */
import { type Currency, isCurrency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../../ground/money/money-text.ts';
import { named } from '../../words/quoted.ts';
import { wordsFor } from '../../words/words.ts';
import { codeText } from './state-chip.tsx';

export type Facts = Readonly<Record<string, string>>;

const AMOUNTS = new Set(['amount', 'credited', 'fee', 'paid', 'difference']);

/** `names` tells who is behind the id of a person; `usual` is what amounts are in where the facts do not say. */
export function factsText(
  locale: Locale,
  facts: Facts,
  names?: ReadonlyMap<string, string>,
  usual?: Currency,
): string {
  const { factNames } = wordsFor(locale).console;
  const told = usual === undefined ? facts : { currency: usual, ...facts };
  return Object.entries(facts)
    .filter(([name]) => name !== 'currency' || !hasAmount(facts))
    .map(([name, value]) =>
      named(codeText(factNames, name), names?.get(value) ?? valueText(locale, told, name, value), locale),
    )
    .join(' · ');
}

/** The facts of an act, which are kept as the JSON that was hashed. */
export function actFacts(locale: Locale, text: string, names?: ReadonlyMap<string, string>): string {
  return factsText(locale, JSON.parse(text) as Facts, names);
}

function hasAmount(facts: Facts): boolean {
  return isCurrency(facts.currency) && Object.keys(facts).some((name) => AMOUNTS.has(name));
}

function valueText(locale: Locale, facts: Facts, name: string, value: string): string {
  const { currency } = facts;
  if (AMOUNTS.has(name) && isCurrency(currency) && /^-?\d{1,18}$/.test(value))
    return moneyText(money(BigInt(value), currency), 'page', locale);
  const all = wordsFor(locale);
  const words = all.console;
  switch (name) {
    case 'method':
      return codeText(all.methods, value);
    case 'direction':
      return codeText(words.freezes.directions, value);
    case 'scope':
      return codeText(words.freezes.scopes, value);
    case 'role':
      return codeText(words.roles, value);
    case 'rule':
      return codeText(words.alerts.rules, value);
    case 'kind':
      return codeText(words.reconcile.kinds, value);
    case 'state':
      return codeText({ ...words.callbackStates, ...words.alerts.states, ...words.states }, value);
    case 'outcome':
      return codeText({ ...words.second.outcomes, ...words.outcomes }, value);
    case 'reason':
      return codeText(words.reasons, value);
    case 'trail':
    case 'ledger':
      return brokenText(locale, value);
    default:
      return codeText(words.factWords, value);
  }
}

/** How many rows were walked, or the first broken one. */
function brokenText(locale: Locale, value: string): string {
  const seq = /^broken at (\d+)$/.exec(value)?.[1];
  return seq === undefined ? value : wordsFor(locale).console.factBroken(seq);
}
