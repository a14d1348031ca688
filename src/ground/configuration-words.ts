/**
 * Says in French what the configuration's shapes demand of a value.
 *
 * The shapes of three floors say it in English, as the library does by itself. A demand that has no French here is found by
 * the test beside this file, and not by a host who is told in two languages at once.
 */
import { z } from 'zod';

const DEMANDS: Readonly<Record<string, string>> = {
  'must start with postgres://': 'doit commencer par postgres://',
  'must be keys of at least 32 characters, separated by commas':
    'doit être des clés d’au moins 32 caractères, séparées par des virgules',
  'must be an http(s) address': 'doit être une adresse http(s)',
  'must start with /': 'doit commencer par /',
  'must be true or false': 'doit être true ou false',
  'must be smtp:// or smtps://': 'doit commencer par smtp:// ou smtps://',
  'must be an e-mail address': 'doit être une adresse e-mail',
  'must be e-mail addresses': 'doit être une ou plusieurs adresses e-mail',
  'must be one or more recipients, age1…': 'doit être un ou plusieurs destinataires, age1…',
};

const { localeError: ofTheLibrary } = z.locales.fr();

export function inFrench(issue: z.core.$ZodIssue): string {
  const [, least] = /^must have at least (\d+) characters$/.exec(issue.message) ?? [];
  if (least !== undefined) return `doit avoir au moins ${least} caractères`;
  const demand = DEMANDS[issue.message];
  if (demand !== undefined) return demand;
  const said = ofTheLibrary(issue as z.core.$ZodRawIssue);
  return (typeof said === 'object' ? said?.message : said) ?? issue.message;
}
