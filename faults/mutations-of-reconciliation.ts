/**
 * Lists the protections of reconciliation: that a difference is told, once and as long as it stands, and that nothing is
 * called clean that was not looked at; the others are in `mutations.ts`.
 */
import type { Mutation } from './mutation.ts';

const LOOK = 'oversight/reconcile/look-at-days-once.ts';
const DUE = 'oversight/reconcile/due-days.ts';

export const MUTATIONS_OF_RECONCILIATION: readonly Mutation[] = [
  {
    name: 'a break is told',
    changes: [
      {
        file: 'oversight/reconcile/keep-breaks.ts',
        find: 'for (const one of found)\n',
        become: 'for (const one of found.slice(1))\n',
      },
    ],
  },
  {
    name: 'a day is called clean only when it was looked at',
    changes: [
      {
        file: LOOK,
        find: 'await readComparison(tx, { ...of, days, besides: standing });',
        become:
          'await readComparison(tx, { ...of, days: { from: days.from, before: days.from }, besides: standing });',
      },
    ],
  },
  {
    name: 'a break that stands already is not written twice',
    changes: [
      {
        file: 'oversight/reconcile/break.rows.ts',
        find: ".columns(['provider', 'environment', 'currency', 'kind', 'reference', 'difference'])\n        .where('gone_at', 'is', null)",
        become: ".column('id')",
      },
    ],
  },
  {
    name: 'a look at some days leaves other differences as they are',
    changes: [{ file: LOOK, find: 'days, besides: standing }', become: 'days }' }],
  },
  {
    name: 'a transaction is compared with all that it ever moved',
    changes: [
      {
        file: 'rails/statements/read-comparison.ts',
        find: 'const movements = days === undefined ? moved : await completed(reader, asked, moved, ownerOf);',
        become: 'const movements = moved;',
      },
    ],
  },
  {
    name: 'a transaction is compared with all that was ever stated of it',
    changes: [
      {
        file: 'rails/statements/read-comparison.ts',
        find: 'days === undefined\n      ? stated',
        become: 'days !== undefined || stated\n      ? stated',
      },
    ],
  },
  {
    name: 'what no statement speaks about yet is not missing',
    changes: [
      {
        file: 'oversight/reconcile/find-breaks.ts',
        find: 'if (isExplainedBy(one, unstated)) {',
        become: 'if (isExplainedBy(one, [])) {',
      },
    ],
  },
  {
    name: 'a file that comes later has its days compared again',
    changes: [
      { file: DUE, find: 'depth > known.depth || count > known.files', become: 'depth > known.depth' },
    ],
  },
  {
    name: 'a day is compared again when money may have come back',
    changes: [
      { file: DUE, find: 'depth > known.depth || count > known.files', become: 'count > known.files' },
    ],
  },
];
