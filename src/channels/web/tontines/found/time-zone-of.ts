/**
 * Says on which clocks a group reads its deadlines: those of the founder's country.
 */
import type { Country } from '../../../../people/country.ts';

const ZONES: Readonly<Record<Country, string>> = {
  CI: 'Africa/Abidjan',
  SN: 'Africa/Dakar',
  BJ: 'Africa/Porto-Novo',
  TG: 'Africa/Lome',
  BF: 'Africa/Ouagadougou',
  ML: 'Africa/Bamako',
  NE: 'Africa/Niamey',
  GN: 'Africa/Conakry',
  CM: 'Africa/Douala',
};

export function timeZoneOf(country: Country): string {
  return ZONES[country];
}
