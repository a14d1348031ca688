/**
 * Lists the protections of common funds that are shared out, each as a line of the source and what it becomes without it.
 */
import type { Mutation } from './mutation.ts';

const CYCLES = 'tontine/cycles';

export const MUTATIONS_OF_SHARE_OUTS: readonly Mutation[] = [
  {
    name: 'whoever left has no part of the common fund',
    changes: [
      {
        file: `${CYCLES}/plan-share-out.ts`,
        find: "if (state === 'active') held.set(",
        become: "if (state !== 'forgotten') held.set(",
      },
    ],
  },
  {
    name: 'a part in notes goes into no wallet',
    changes: [
      {
        file: `${CYCLES}/carry-share-out.ts`,
        find: 'personId === undefined || inNotes',
        become: 'personId === undefined || inNotes === undefined',
      },
    ],
  },
  {
    name: 'notes come first to those who have no wallet',
    changes: [
      {
        file: `${CYCLES}/plan-share-out.ts`,
        find: "personId === undefined ? ['cash'] : ['wallet', 'cash']",
        become: "personId === undefined ? ['cash', 'wallet'] : ['wallet', 'cash']",
      },
    ],
  },
  {
    name: 'the parts of a fund are cut by the shares',
    changes: [
      {
        file: `${CYCLES}/share-out.ts`,
        find: 'holdings.map((holding) => BigInt(holding.shares)),',
        become: 'holdings.map((holding) => BigInt(holding.shares > 0 ? 1 : 0)),',
      },
    ],
  },
];
