/**
 * Asks GetMiPay three harmless questions and tells, one by one, what works: our keys, the services, the balances.
 *
 * Whoever sets the product up must know which of them failed: wrong keys, an address where nobody answers and an
 * account without services look the same on a page. Nothing here moves money, and no answer is repeated word by word.
 */
import type { Clock } from '../../../ground/clock.ts';
import type { Currency } from '../../../ground/money/currency.ts';
import type { Money } from '../../../ground/money/money.ts';
import type { Service } from '../../provider.ts';
import { type Api, openApi } from './api.ts';
import { authorise } from './authorised-api.ts';
import { readBalanceAnswer } from './balance-answer.ts';
import type { GetmipayConfiguration } from './configuration.ts';
import { parseJson } from './json-text.ts';
import { readServices } from './services.ts';

export type Access =
  | 'accepted' // our keys are good
  | 'refused' // the provider answered, and does not take our keys
  | 'unreachable' // no answer, or none that can be understood
  | 'strange'; // our keys pass, and the list of services cannot be read

export interface Examination {
  readonly access: Access;
  /** Why not, as a status or the name of an error. */
  readonly evidence: string;
  readonly services: readonly Service[];
  /** In the currencies that the provider says anything about. */
  readonly balances: readonly Money[];
}

const CURRENCIES: readonly Currency[] = ['XOF', 'XAF', 'GNF'];

export async function examineAccess(
  configuration: GetmipayConfiguration,
  clock: Clock,
  wire: Api = openApi(configuration),
): Promise<Examination> {
  const api = authorise(wire, configuration, clock);
  const ask = async (path: string) => await api.read({ method: 'GET', path, headers: {} });
  const listed = await ask(configuration.paths.services);
  const nothing = { services: [], balances: [] };
  if (listed.outcome === 'unauthorised') {
    return { access: 'refused', evidence: listed.evidence, ...nothing };
  }
  if (listed.outcome !== 'response') return { access: 'unreachable', evidence: listed.evidence, ...nothing };
  const evidence = `http-${listed.status}`;
  if (listed.status === 403) return { access: 'refused', evidence, ...nothing };
  const services = listed.status === 200 ? readServices(parseJson(listed.text), configuration) : undefined;
  if (services === undefined) {
    return { access: listed.status < 500 ? 'strange' : 'unreachable', evidence, ...nothing };
  }
  const told = await ask(configuration.paths.balance);
  const body = told.outcome === 'response' && told.status === 200 ? parseJson(told.text) : undefined;
  const balances = CURRENCIES.flatMap(
    (currency) => readBalanceAnswer(body, currency, clock.now())?.balance ?? [],
  );
  return { access: 'accepted', evidence, services, balances };
}
