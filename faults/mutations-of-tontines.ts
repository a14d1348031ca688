/**
 * Lists the protections of a group's money, each as a line of the source and what it becomes without it.
 */
import type { Mutation } from './mutation.ts';

const ROUNDS = 'tontine/rounds';

export const MUTATIONS_OF_TONTINES: readonly Mutation[] = [
  {
    name: 'one form is one contribution',
    changes: [
      {
        file: `${ROUNDS}/pay-contribution.ts`,
        find: 'const earlier = await findContribution(tx, asked.contributionId);',
        become:
          'const earlier = undefined as Contribution | undefined;\n  asked = { ...asked, contributionId: ground.ids.next("ctr") };',
      },
    ],
  },
  {
    name: 'a set in which the ledger finds a wallet short writes nothing',
    changes: [
      {
        file: `${ROUNDS}/pay-together.ts`,
        find: 'if (!posted.ok) throw new Undone(posted.refusal);',
        become: '',
      },
    ],
  },
  {
    name: 'whoever declares notes does not confirm them',
    changes: [
      {
        file: `${ROUNDS}/witness.ts`,
        find: 'if (membership.id === declaredBy) return WITNESS_IS_DECLARER;',
        become: 'if (membership.id === declaredBy) return undefined;',
      },
    ],
  },
  {
    name: 'a round is served with its own money only',
    changes: [
      {
        file: `${ROUNDS}/pot.ts`,
        find: 'if (number >= round) return number === round ? have : carried;',
        become: 'if (number >= round) return this.wallet + this.cash;',
      },
    ],
  },
  {
    name: 'a pot that waits keeps what is there for it',
    changes: [
      {
        file: `${ROUNDS}/pot.ts`,
        find: 'const need = this.needs.get(number) ?? 0n;',
        become: 'const need = (this.needs.get(number) ?? 0n) * 0n;',
      },
    ],
  },
  {
    name: 'what a round was served with is not undone',
    changes: [
      {
        file: `${ROUNDS}/pot-holds.ts`,
        find: 'if (rounds.some((round) => pot.availableUpTo(round.number) < 0n)) return false;',
        become:
          'if (rounds.some((round) => pot.availableUpTo(round.number) < -1_000_000_000n)) return false;',
      },
    ],
  },
  {
    name: 'what the guarantee fund stood in for goes back to it',
    changes: [
      {
        file: `${ROUNDS}/settle-dues.ts`,
        find: "fund: line.repaysAdvance ? 'guarantee' : fundOf(due.kind),",
        become: 'fund: fundOf(due.kind),',
      },
    ],
  },
  {
    name: 'notes are never credited to a wallet',
    changes: [
      {
        file: `${ROUNDS}/pay-part.ts`,
        find: 'const wallet = personId === undefined ? 0n : lesser(own, pot.inWallet);',
        become: 'const wallet = personId === undefined ? 0n : own;',
      },
    ],
  },
  {
    name: 'what is paid beyond what is due stays the member’s',
    changes: [
      {
        file: `${ROUNDS}/receive-money.ts`,
        find: "const rest = { row: id, role: 'prepaid', from, to, amount: credit };",
        become: "const rest = { row: id, role: 'prepaid', from, to, amount: credit - credit };",
      },
    ],
  },
  {
    name: 'a box never gives what is not in it',
    changes: [
      {
        file: `${ROUNDS}/hand-over-cash.ts`,
        find: 'if ((await freeInBox(tx, box)) < amount) return refused(BOX_SHORT);',
        become: 'if ((await freeInBox(tx, box)) < -amount * 1_000n) return refused(BOX_SHORT);',
      },
    ],
  },
  {
    name: 'the solidarity fund gives only what it has',
    changes: [
      {
        file: 'tontine/solidarity/grant-aid.ts',
        find: 'if (cash > 0n && cash > inCash) return refused(AID_FUND_SHORT);',
        become: 'if (cash > 0n && cash > inCash + 1_000n) return refused(AID_FUND_SHORT);',
      },
    ],
  },
  {
    name: 'whoever gains from a request has no voice',
    changes: [
      {
        file: 'tontine/approvals/give-voice.ts',
        find: 'if (membership.id === request.requestedBy || membership.id === request.beneficiaryId) return VOICE_EXCLUDED;',
        become: 'if (membership.id === request.groupId) return VOICE_EXCLUDED;',
      },
    ],
  },
];
