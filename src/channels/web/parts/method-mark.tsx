/**
 * Shows which way of paying is meant: an original sign on a disc, never somebody's logo.
 */
import type { Method } from '../../../rails/provider.ts';
import { drawnOnce } from './drawn-once.ts';

const SIGNS: Readonly<Record<Method, string>> = {
  wave: 'M7 18.5c2.4-4 4.6-4 7 0s4.6 4 7 0M7 13c2.4-4 4.6-4 7 0s4.6 4 7 0',
  orange_money: 'M14 20.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z',
  moov_money: 'M7.5 20V9l6.5 7 6.5-7v11',
  mtn_money: 'M7 14h14M14 7l7 7-7 7',
  visa: 'M6.5 9h15v10.5h-15zM6.5 12.5h15',
};

export const MethodMark = drawnOnce(
  ({ method }: { readonly method: Method }) => method,
  ({ method }) => (
    <svg class={`method ${method}`} width="36" height="36" viewBox="0 0 28 28" aria-hidden="true">
      <circle cx="14" cy="14" r="14" />
      <path d={SIGNS[method]} />
    </svg>
  ),
);
