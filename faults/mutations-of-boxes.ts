/**
 * Lists the protections of boxes, counts, notes between keepers and fines by hand, each as a line of the source and what
 * it becomes without it.
 */
import type { Mutation } from './mutation.ts';

const MEETINGS = 'tontine/meetings';
const ROUNDS = 'tontine/rounds';

export const MUTATIONS_OF_BOXES: readonly Mutation[] = [
  {
    name: 'a yes to one count is no yes to the next one',
    changes: [
      {
        file: `${MEETINGS}/agree-variance.ts`,
        find: 'if (request.subjectId !== varianceSubject(meetingId, box)) return refused(COUNT_STALE);',
        become: "if (varianceSubject(meetingId, box) === '') return refused(COUNT_STALE);",
      },
    ],
  },
  {
    name: 'a box that has moved since its count is counted again',
    changes: [
      {
        file: `${MEETINGS}/agree-variance.ts`,
        find: 'if (box?.counted === undefined || box.counted === null || box.expected !== books)',
        become:
          'if (box?.counted === undefined || box.counted === null || box.expected === null || books < 0n)',
      },
    ],
  },
  {
    name: 'nobody agrees to lose notes that are on their way',
    changes: [
      {
        file: `${MEETINGS}/agree-variance.ts`,
        find: 'if ((await freeInBox(tx, own)) + variance < 0n) return refused(NOTES_PROMISED);',
        become: 'if ((await freeInBox(tx, own)) < -1_000_000_000n) return refused(NOTES_PROMISED);',
      },
    ],
  },
  {
    name: 'what the fines cannot bear the keeper owes',
    changes: [
      {
        file: `${MEETINGS}/agree-variance.ts`,
        find: "{ row, role: 'owed', from: accounts.debt, to: accounts.box, amount: missing - borne },",
        become: "{ row, role: 'owed', from: accounts.debt, to: accounts.box, amount: borne - borne },",
      },
    ],
  },
  {
    name: 'what is too much pays the keeper’s debt first',
    changes: [
      {
        file: `${MEETINGS}/agree-variance.ts`,
        find: 'const back = owed < variance ? owed : variance;',
        become: 'const back = owed - owed;',
      },
    ],
  },
  {
    name: 'what is too much in a box belongs to the fines',
    changes: [
      {
        file: `${MEETINGS}/agree-variance.ts`,
        find: "{ row, role: 'found', from: accounts.box, to: accounts.fines, amount: variance - back },",
        become:
          "{ row, role: 'found', from: accounts.box, to: fundAccount({ groupId, cycleId: groupId, currency }, 'solidarity', 'cash'), amount: variance - back },",
      },
    ],
  },
  {
    name: 'whoever keeps a box does not judge what is missing in it',
    changes: [
      {
        file: `${MEETINGS}/explain-variance.ts`,
        find: 'beneficiaryId: asked.keeperId,',
        become: 'beneficiaryId: actor.membership.id,',
      },
    ],
  },
  {
    name: 'a difference that was agreed to does not close a box that has moved since',
    changes: [
      {
        file: `${MEETINGS}/close-meeting.ts`,
        find: 'return books === box.counted ? undefined : CASH_RECOUNT;',
        become: 'return undefined;',
      },
    ],
  },
  {
    name: 'a box that moved after its difference was agreed to can be counted again',
    changes: [
      {
        file: `${MEETINGS}/count-cash.ts`,
        find: 'if (box.explainedByRequest !== null && (await readBox(tx, { ...at, currency })) === box.counted)',
        become: 'if (box.explainedByRequest !== null && (await readBox(tx, { ...at, currency })) >= 0n)',
      },
    ],
  },
  {
    name: 'notes that are given to another keeper are given once',
    changes: [
      {
        file: `${ROUNDS}/box.ts`,
        find: 'return (balance?.posted ?? 0n) - promised - given;',
        become: 'return (balance?.posted ?? 0n) - promised - (given - given);',
      },
    ],
  },
  {
    name: 'a keeper gives another one only what is in the box',
    changes: [
      {
        file: `${ROUNDS}/give-notes.ts`,
        find: 'if (personId === null || (await freeInBox(tx, box)) < amount) return refused(BOX_SHORT);',
        become:
          'if (personId === null || (await freeInBox(tx, box)) < -amount * 1_000n) return refused(BOX_SHORT);',
      },
    ],
  },
  {
    name: 'only the keeper who was given notes takes them',
    changes: [
      {
        file: `${ROUNDS}/take-notes.ts`,
        find: 'if (handover?.groupId !== asked.groupId || handover.toId !== own.id) return refused(HANDOUT_ABSENT);',
        become: 'if (handover?.groupId !== asked.groupId) return refused(HANDOUT_ABSENT);',
      },
    ],
  },
  {
    name: 'notes that were taken are not refused afterwards',
    changes: [
      {
        file: `${ROUNDS}/take-notes.ts`,
        find: "if (handover.state !== 'declared') return refused(HANDOUT_OVER);",
        become: "if (handover.groupId === '') return refused(HANDOUT_OVER);",
      },
    ],
  },
  {
    name: 'a contribution is not undone with notes that were given away',
    changes: [
      {
        file: `${ROUNDS}/correct-contribution.ts`,
        find: 'return (await freeInBox(tx, { groupId, keeperId, personId, currency })) >= amount;',
        become:
          'return (await freeInBox(tx, { groupId, keeperId, personId, currency })) >= -amount * 1_000n;',
      },
    ],
  },
  {
    name: 'one form is one fine',
    changes: [
      {
        file: 'tontine/discipline/fine-member.ts',
        find: 'if (earlier !== undefined) {',
        become: 'if (earlier !== undefined && earlier.amount < 0n) {',
      },
    ],
  },
  {
    name: 'a fine that was written down already is not due again',
    changes: [
      {
        file: 'tontine/discipline/fine-member.ts',
        find: 'if (earlier !== undefined) {',
        become: 'if (earlier !== undefined && earlier.amount < 0n) {',
      },
      {
        file: 'tontine/discipline/levy-fine.ts',
        find: 'if (!isNew) return undefined;',
        become: "if (!isNew && id === '') return undefined;",
      },
    ],
  },
  {
    name: 'a fine is due as it was written down',
    changes: [
      {
        file: 'tontine/discipline/levy-fine.ts',
        find: "await insertDues(tx, [{ ...due, id: ground.ids.next('due'), kind: 'fine' }]);",
        become:
          "await insertDues(tx, [{ ...due, amount: amount + 1n, id: ground.ids.next('due'), kind: 'fine' }]);",
      },
    ],
  },
];
