/**
 * Lists the protections of a group's money when somebody leaves, dies or stops paying, each as a line of the source and
 * what it becomes without it.
 */
import type { Mutation } from './mutation.ts';

const MEMBERS = 'tontine/members';

export const MUTATIONS_OF_LEAVING: readonly Mutation[] = [
  {
    name: 'what a leaver was promised back is not undone',
    changes: [
      {
        file: 'tontine/rounds/correct-contribution.ts',
        find: 'if (await isPromised(tx, contribution, dues)) return refused(CONTRIBUTION_SETTLED);',
        become:
          'if ((await isPromised(tx, contribution, dues)) && now.getTime() < 0) return refused(CONTRIBUTION_SETTLED);',
      },
    ],
  },
  {
    name: 'a default is covered with what is still missing only',
    changes: [
      {
        file: `${MEMBERS}/cover-default.ts`,
        find: 'if (missing <= 0n) return 0n;',
        become: 'if (missing <= declared.debt) return declared.debt;',
      },
    ],
  },
  {
    name: 'whoever leaves has given the group’s notes to another keeper',
    changes: [
      {
        file: `${MEMBERS}/read-exit-plan.ts`,
        find: "if (leaver?.state === 'active' && (await keepsNotes(reader, leaver, cycle.currency)))",
        become: "if (leaver?.state === 'declined' && (await keepsNotes(reader, leaver, cycle.currency)))",
      },
    ],
  },
  {
    name: 'what the dead are owed goes to their next of kin',
    changes: [
      {
        file: `${MEMBERS}/payee.ts`,
        find: 'if (member.nextOfKinPhone === null) return undefined;',
        become: 'if (member.nextOfKinPhone !== undefined) return member.personId ?? undefined;',
      },
    ],
  },
  {
    name: 'a leaver is refunded once',
    changes: [
      {
        file: `${MEMBERS}/settle-exits.ts`,
        find: 'const owed = met.wallet + fromPot.wallet - exit.refundedWallet + notesOwed;',
        become: 'const owed = met.wallet + fromPot.wallet + notesOwed;',
      },
    ],
  },
  {
    name: 'the served give back what the leaver had paid into their pot',
    changes: [
      {
        file: `${MEMBERS}/exit.ts`,
        find: 'owed: onePotEach ? owedBy(held) : [],',
        become: 'owed: onePotEach ? owedBy(held).slice(1) : [],',
      },
    ],
  },
];
