/**
 * Lists the protections of turns that are sold, exchanged or handed on, each as a line of the source and what it becomes
 * without it.
 */
import type { Mutation } from './mutation.ts';

const TURNS = 'tontine/turns';
const ROUNDS = 'tontine/rounds';

export const MUTATIONS_OF_TURNS: readonly Mutation[] = [
  {
    name: 'the highest bid has the turn',
    changes: [
      {
        file: `${TURNS}/award-auction.ts`,
        find: 'return left.amount > right.amount ? -1 : left.amount < right.amount ? 1 : 0;',
        become: 'return left.amount > right.amount ? 1 : left.amount < right.amount ? -1 : 0;',
      },
    ],
  },
  {
    name: 'a bid comes before the end',
    changes: [
      {
        file: `${TURNS}/place-bid.ts`,
        find: "if (auction.state !== 'open' || now >= auction.closesAt) return refused(AUCTION_OVER);",
        become: "if (auction.state !== 'open' || now > auction.closesAt) return refused(AUCTION_OVER);",
      },
    ],
  },
  {
    name: 'a bid comes before the end, also where the database says nothing',
    changes: [
      {
        file: `${TURNS}/place-bid.ts`,
        find: "if (auction.state !== 'open' || now >= auction.closesAt) return refused(AUCTION_OVER);",
        become: "if (auction.state !== 'open' || now > auction.closesAt) return refused(AUCTION_OVER);",
      },
    ],
    damage: 'drop trigger bids_are_in_time on bids',
  },
  {
    name: 'a bid exceeds the one before by the step that was agreed',
    changes: [
      {
        file: `${TURNS}/auction.ts`,
        find: 'if (highest === undefined || amount >= highest + rules.increment) return undefined;',
        become: 'if (highest === undefined || amount > highest) return undefined;',
      },
    ],
  },
  {
    name: 'a place has one turn, also where the database says nothing',
    changes: [
      {
        file: `${TURNS}/give-last-turn.ts`,
        find: 'place: places[0] };',
        become: 'place: 1 };',
      },
    ],
    damage: 'alter table turns drop constraint turns_cycle_id_place_key',
  },
  {
    name: 'the last share has the pot that is left',
    changes: [
      {
        file: `${TURNS}/give-last-turn.ts`,
        find: 'place: places[0] };',
        become: 'place: places[0] + 1 };',
      },
    ],
  },
  {
    name: 'an auction ends once, whoever sends the form again',
    changes: [
      {
        file: `${TURNS}/award-auction.ts`,
        find: "if (auction.state !== 'open') {",
        become: "if (auction.state === 'void') {",
      },
    ],
  },
  {
    name: 'what a discount leaves lowers what everybody pays',
    changes: [
      {
        file: `${TURNS}/lower-dues.ts`,
        find: 'await markDueLowered(tx, due.id, dividend, ground.clock.now());',
        become: 'await markDueLowered(tx, due.id, dividend - 1n, ground.clock.now());',
      },
    ],
  },
  {
    name: 'whoever had paid more than the lower due gets the rest as credit',
    changes: [
      {
        file: `${TURNS}/lower-dues.ts`,
        find: 'if (tooMuch > 0n) {',
        become: 'if (tooMuch > 1_000_000_000n) {',
      },
    ],
  },
  {
    name: 'no due is paid and lowered beyond what it is, also where the database says nothing',
    changes: [
      {
        file: `${TURNS}/lower-dues.ts`,
        find: 'if (tooMuch > 0n) {',
        become: 'if (tooMuch > 1_000_000_000n) {',
      },
    ],
    damage:
      'alter table dues drop constraint dues_check4, drop constraint dues_check5, drop constraint dues_check6',
  },
  {
    name: 'an award waits until the pot has what goes back',
    changes: [
      {
        file: `${TURNS}/lower-dues.ts`,
        find: 'if (!(await potHolds(tx, { cycle: lowering.cycle, funds }))) return refused(AUCTION_POT_SHORT);',
        become: '',
      },
    ],
  },
  {
    name: 'whoever wins a premium pays it out of the pot',
    changes: [
      {
        file: `${ROUNDS}/ask-payout.ts`,
        find: 'amount: whole - turn.discount - turn.premium,',
        become: 'amount: whole - turn.discount,',
      },
    ],
  },
  {
    name: 'the price of a pot goes to the common fund to the last franc',
    changes: [
      {
        file: `${ROUNDS}/pay-part.ts`,
        find: "toFund('cash', fundCash),",
        become: "toFund('cash', fundCash / 2n),",
      },
    ],
  },
  {
    name: 'sales before a round opens take no more than will be due',
    changes: [
      {
        file: `${TURNS}/open-auction.ts`,
        find: 'dues.length === 0 ? await dividendsOf(tx, cycle, round, paying) : dues.map((due) => due.lowered);',
        become: 'dues.map((due) => due.lowered);',
      },
    ],
  },
  {
    name: 'a round of which nothing is due any more opens',
    changes: [
      {
        file: `${ROUNDS}/due.rows.ts`,
        find: "state: due.lowered === due.amount ? 'met' : 'open',",
        become: "state: 'open',",
      },
    ],
  },
  {
    name: 'the guarantee fund stands in for nothing that a sale may still lower',
    changes: [
      {
        file: `${ROUNDS}/advance-guarantee.ts`,
        find: "cycle.orderKind !== 'auction-discount' ||",
        become: "cycle.orderKind !== 'vote' ||",
      },
    ],
  },
  {
    name: 'a pot is decided in one way',
    changes: [
      {
        file: `${TURNS}/open-place.ts`,
        find: "if (auctions.some((auction) => auction.state === 'open')) return refused(AUCTION_STANDING);",
        become: '',
      },
    ],
  },
  {
    name: 'a share that has its pot takes no other one',
    changes: [
      {
        file: `${TURNS}/eligible-shares.ts`,
        find: 'served: share.servedAt !== null || given.has(share.id),',
        become: 'served: share.servedAt !== null,',
      },
    ],
  },
  {
    name: 'who paid in full before less was due was never late',
    changes: [
      {
        file: 'tontine/discipline/levy-penalties-once.ts',
        find: 'const missing = left > 0n ? left : 0n;',
        become: 'const missing = left;',
      },
    ],
  },
  {
    name: 'a turn whose pot was asked for does not move',
    changes: [
      {
        file: `${TURNS}/swap.ts`,
        find: 'if (one.served || other.served) return SWAP_SERVED;',
        become: '',
      },
      {
        file: `${TURNS}/swap.ts`,
        find: 'return one.decided || other.decided ? SWAP_DECIDED : undefined;',
        become: 'return undefined;',
      },
    ],
  },
  {
    name: 'a turn that was bought stays with who bought it',
    changes: [
      {
        file: `${TURNS}/propose-swap.ts`,
        find: "const own = turn.decidedBy === 'auction' || turn.decidedBy === 'vote';",
        become: "const own = turn.decidedBy === 'vote';",
      },
    ],
  },
  {
    name: 'both owners say yes to an exchange of turns',
    changes: [
      {
        file: `${TURNS}/approve-swap.ts`,
        find: 'if (swap.consentAAt === null || swap.consentBAt === null) return refused(SWAP_CONSENT_MISSING);',
        become: '',
      },
    ],
  },
  {
    name: 'what both owners agreed to is done',
    changes: [
      {
        file: `${TURNS}/approve-swap.ts`,
        find: 'await markTurnsSwapped(tx, swap.cycleId, one.id, other.id);',
        become: '',
      },
    ],
  },
  {
    name: 'a share that is handed on takes its debts along',
    changes: [
      {
        file: `${TURNS}/substitute-share.ts`,
        find: 'await markDuesOwner(tx, share.id, substitution.toId);',
        become: '',
      },
    ],
  },
  {
    name: 'whoever takes a share over pays what it had paid',
    changes: [
      {
        file: `${TURNS}/propose-substitution.ts`,
        find: 'paid: dues.reduce((sum, due) => sum + due.met, 0n),',
        become: 'paid: 0n,',
      },
    ],
  },
  {
    name: 'whoever has no share any more gets back what they had paid beyond what was due',
    changes: [
      {
        file: 'tontine/cycles/return-credits.ts',
        find: 'const members = (await listMembers(tx, running.cycle.groupId, EVER)).map((member) => member.id);',
        become:
          'const members = (await listMembers(tx, running.cycle.groupId, EVER)).map((member) => member.id).slice(1);',
      },
    ],
  },
];
