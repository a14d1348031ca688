/**
 * The id of a form is its drawer's to choose, and one that another group has used is told as such: nothing is written, and
 * nothing of the other group is told.
 */
import { expect, test } from 'vitest';
import type { IdPrefix } from '../../ground/identifiers.ts';
import type { Answer } from '../../ground/refusal.ts';
import { freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import { dayAt } from '../cycles/calendar-day.ts';
import { type RulesInput, USUAL_RULES } from '../groups/rules.ts';
import { openMeeting } from '../meetings/open-meeting.ts';
import { requestExit } from '../members/request-exit.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { claimAid } from '../solidarity/claim-aid.ts';
import {
  buildGroup,
  granted,
  outcome,
  type SampleGroup,
  type SampleGroupOptions,
} from '../testing/sample-group.ts';
import { commitDraw } from './commit-draw.ts';
import { openAuction } from './open-auction.ts';
import { openBallot } from './open-ballot.ts';
import { placeBid } from './place-bid.ts';
import { proposeSubstitution } from './propose-substitution.ts';
import { proposeSwap } from './propose-swap.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];
type Send = (group: SampleGroup, id: string) => Promise<Answer<unknown>>;

const place = async (group: SampleGroup) => {
  const [round] = await listRounds(group.db, group.cycleId);
  return { cycleId: group.cycleId, roundId: round?.id ?? '', minutes: 30 };
};
const shareOf = (group: SampleGroup, name: string): string => group.shareIds[NAMES.indexOf(name)] ?? '';

const FORMS: readonly {
  form: string;
  prefix: IdPrefix;
  order: RulesInput['order'];
  isStarted?: false;
  send: Send;
}[] = [
  {
    form: 'a meeting',
    prefix: 'mtg',
    order: 'fixed',
    send: async (group, meetingId) =>
      await group.doing(
        async (tx) => await openMeeting(tx, group.ground, { ...group.who('Mariam'), meetingId }),
      ),
  },
  {
    form: 'a swap',
    prefix: 'swp',
    order: 'fixed',
    send: async (group, swapId) => {
      const shares = { ownShareId: shareOf(group, 'Fatou'), otherShareId: shareOf(group, 'Moussa') };
      return await group.doing(
        async (tx) => await proposeSwap(tx, group.ground, { ...group.who('Fatou'), swapId, ...shares }),
      );
    },
  },
  {
    form: 'a draw',
    prefix: 'drw',
    order: 'draw',
    isStarted: false,
    send: async (group, drawId) => {
      const asked = { ...group.who('Awa'), drawId, cycleId: group.cycleId, entropyMinutes: 60 };
      return await group.doing(async (tx) => await commitDraw(tx, group.ground, asked));
    },
  },
  {
    form: 'an auction',
    prefix: 'auc',
    order: 'auction-discount',
    send: async (group, auctionId) => {
      const asked = { ...group.who('Awa'), auctionId, ...(await place(group)) };
      return await group.doing(async (tx) => await openAuction(tx, group.ground, asked));
    },
  },
  {
    form: 'a bid',
    prefix: 'bid',
    order: 'auction-discount',
    send: async (group, bidId) => {
      const auctionId = group.groupId.replace('grp_', 'auc_');
      const asked = { ...group.who('Awa'), auctionId, ...(await place(group)) };
      await group.must(async (tx) => await openAuction(tx, group.ground, asked));
      const own = { ...group.who('Yao'), shareId: shareOf(group, 'Yao'), amount: 6_000n };
      return await group.doing(async (tx) => await placeBid(tx, group.ground, { ...own, auctionId, bidId }));
    },
  },
  {
    form: 'a vote',
    prefix: 'bal',
    order: 'vote',
    send: async (group, ballotId) => {
      const asked = { ...group.who('Mariam'), ballotId, secret: false, ...(await place(group)) };
      return await group.doing(async (tx) => await openBallot(tx, group.ground, asked));
    },
  },
  {
    form: 'a substitution',
    prefix: 'sub',
    order: 'fixed',
    send: async (group, substitutionId) => {
      const asked = { ...group.who('Awa'), substitutionId, shareId: shareOf(group, 'Fatou') };
      const toId = group.of('Moussa').membershipId;
      return await group.doing(async (tx) => await proposeSubstitution(tx, group.ground, { ...asked, toId }));
    },
  },
  {
    form: 'leaving',
    prefix: 'exi',
    order: 'fixed',
    send: async (group, exitId) => {
      const asked = { ...group.who('Fatou'), exitId, reason: 'Je déménage à Bouaké' };
      return await group.doing(async (tx) => await requestExit(tx, group.ground, asked));
    },
  },
  {
    form: 'a request for help',
    prefix: 'aid',
    order: 'fixed',
    send: async (group, claimId) => {
      const asked = {
        ...group.who('Fatou'),
        claimId,
        event: 'birth',
        about: 'Mon fils',
        happenedOn: dayAt(group.ground.clock.now(), 'Africa/Abidjan'),
        proof: 'Acte de naissance',
      };
      return await group.doing(async (tx) => await claimAid(tx, group.ground, asked));
    },
  },
];

test.each(FORMS)(
  '$form: the id of another group’s is told as used',
  async ({ prefix, order, isStarted, send }) => {
    const { db } = await freshDatabase();
    const ground = testGround();
    const options: SampleGroupOptions = {
      names: NAMES,
      rules: {
        ...USUAL_RULES,
        order,
        graceHours: 0,
        solidarity: { contribution: 1_000n, events: [{ kind: 'birth', amount: 10_000n, afterMonths: 0 }] },
      },
      startsOn: '2026-01-05',
      offices: { Mariam: 'secretary', Yao: 'treasurer' },
      ...(isStarted === undefined ? {} : { isStarted }),
    };
    const ours = await buildGroup(db, ground, options);
    const theirs = await buildGroup(db, ground, options, 50);
    const id = ground.ids.next(prefix);
    granted(await send(theirs, id));
    expect(outcome(await send(ours, id))).toBe('request-changed');
    expect(outcome(await send(ours, ground.ids.next(prefix)))).toBe('ok');
  },
);
