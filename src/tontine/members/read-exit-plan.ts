/**
 * Works out what the departure of one member means now: for a preview, for the request, and again when it is approved.
 *
 * It looks at what was really paid, due by due, because rounds may have come since somebody last looked.
 *
 * Refuses: `cycle-not-running`, `exit-no-share`, `member-keeps-notes`, `exit-after-pot`, `exit-behind`, `exit-pot-undecided`,
 * `exit-pot-deciding`, `exit-no-witness`,
 * `shares-sealed`, `exit-by-substitution`, `exit-too-few`, `exit-too-late`.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { listShares, type Share } from '../cycles/share.rows.ts';
import { listTurns, type Turn } from '../cycles/turn.rows.ts';
import { keepsNotes } from '../rounds/box.ts';
import { listDuesOfRound, listOpenDues } from '../rounds/due.rows.ts';
import type { Due } from '../rounds/due.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { placesOf, type Round, roundsHeld } from '../rounds/round.ts';
import { listAuctions } from '../turns/auction.rows.ts';
import { listBallots } from '../turns/ballot.rows.ts';
import { isDrawSealed } from '../turns/draw.rows.ts';
import { SHARES_SEALED } from '../turns/open-place.ts';
import { EXIT_AFTER_POT, EXIT_BEHIND, type ExitPlan, type HeldRound, planExit } from './exit.ts';
import { MEMBER_KEEPS_NOTES } from './leave.ts';
import { findMembership, listMembers } from './membership.rows.ts';
import type { Membership } from './membership.ts';

/** A plan, and the rows that it is about. */
export interface ExitReading {
  readonly plan: ExitPlan;
  readonly leaving: readonly Share[];
  /** Number of the last round that the leaver has paid; 0 when none was. */
  readonly afterRound: number;
  /** What was asked for the round that is open and not yet due: a leaver who has paid nothing of it is let off. */
  readonly letOff: readonly Due[];
  readonly rounds: readonly Round[];
}

export async function readExitPlan(
  reader: Reader,
  { cycle }: RunningCycle,
  membershipId: string,
  now: Date,
): Promise<Answer<ExitReading>> {
  const rounds = await listRounds(reader, cycle.id);
  const turns = await listTurns(reader, cycle.id);
  const shares = (await listShares(reader, cycle.id)).filter((share) => share.state !== 'withdrawn');
  const leaving = shares.filter((share) => share.membershipId === membershipId);
  if (leaving.length === 0) return refused(EXIT_NO_SHARE);
  const leaver = await findMembership(reader, membershipId);
  // What the dead kept is given by others.
  if (leaver?.state === 'active' && (await keepsNotes(reader, leaver, cycle.currency)))
    return refused(MEMBER_KEEPS_NOTES);
  if (leaver?.state === 'active' && (await leavesOneAlone(reader, leaver))) return refused(EXIT_NO_WITNESS);
  const owed = await listOpenDues(reader, membershipId);
  const started = rounds.filter((round) => round.state !== 'scheduled' && round.state !== 'cancelled');
  const shareIds = leaving.map((share) => share.id);
  const unpaid: Round[] = [];
  for (const round of started) {
    if (round.state !== 'open' || round.dueAt <= now || !isUntouched(round, owed)) continue;
    // One of several shares may be paid already, and stands in no open due.
    const asked = await listDuesOfRound(reader, round.id, 'pot');
    const paid = asked.filter((due) => due.met > 0n && shareIds.includes(due.shareId ?? ''));
    if (paid.length === 0) unpaid.push(round);
  }
  const opened = started.filter((round) => !unpaid.includes(round));
  const letOff = owed.filter((due) => unpaid.some((round) => round.id === due.roundId));
  const givenPlaces = opened.flatMap((round) => placesOf(rounds, round.number));
  const served = new Set(
    turns.filter((turn) => givenPlaces.includes(turn.place)).map((turn) => turn.shareId),
  );
  if (leaving.some((share) => share.servedAt !== null || served.has(share.id)))
    return refused(EXIT_AFTER_POT);
  if (owed.length > letOff.length) return refused(EXIT_BEHIND);
  if (served.size < givenPlaces.length) return refused(EXIT_POT_UNDECIDED);
  if (await isDrawSealed(reader, cycle.id)) return refused(SHARES_SEALED);
  // Places behind the leaver's move up, and what is being sold or voted on would be another pot.
  if (await isDeciding(reader, cycle.id)) return refused(EXIT_POT_DECIDING);
  if (shares.length - leaving.length < 2) return refused(EXIT_TOO_FEW);
  const rotation = { shares: shares.length, rounds: roundsHeld(rounds), contribution: cycle.contribution };
  if (rotation.shares !== rotation.rounds && cycle.orderKind === 'auction-discount') {
    return refused(EXIT_BY_SUBSTITUTION);
  }
  const plan = planExit({
    rotation,
    order: inOrder(shares, turns),
    held: await heldRounds(reader, { opened, rounds, turns, leaving }),
    leaving: shareIds,
    retainedBasisPoints: 0,
  });
  const scheduled = rounds.filter((round) => round.state === 'scheduled');
  if (scheduled.length < plan.droppedRounds) return refused(EXIT_TOO_LATE);
  return accepted({ plan, leaving, afterRound: opened.at(-1)?.number ?? 0, letOff, rounds });
}

/** True when of the others only one has an account: nobody could confirm that person's notes or agree to their pot. */
async function leavesOneAlone(reader: Reader, leaver: Membership): Promise<boolean> {
  if (leaver.personId === null) return false;
  const others = await listMembers(reader, leaver.groupId, ['active']);
  return others.filter(({ id, personId }) => id !== leaver.id && personId !== null).length < 2;
}

async function isDeciding(reader: Reader, cycleId: string): Promise<boolean> {
  const under = [...(await listAuctions(reader, cycleId)), ...(await listBallots(reader, cycleId))];
  return under.some(({ state }) => state === 'open');
}

/** True when the leaver was asked for a round and has paid nothing of it. */
function isUntouched(round: Round, owed: readonly Due[]): boolean {
  const own = owed.filter((due) => due.roundId === round.id);
  return own.some((due) => due.kind === 'pot') && own.every((due) => due.met === 0n);
}

/** By turn; those whose turn is not decided yet come last, by number. */
function inOrder(shares: readonly Share[], turns: readonly Turn[]): string[] {
  const places = new Map(turns.map((turn) => [turn.shareId, turn.place]));
  const place = (share: Share): number => places.get(share.id) ?? Number.MAX_SAFE_INTEGER;
  return shares
    .toSorted((left, right) => place(left) - place(right) || left.number - right.number)
    .map((share) => share.id);
}

interface Holding {
  readonly opened: readonly Round[];
  readonly rounds: readonly Round[];
  readonly turns: readonly Turn[];
  readonly leaving: readonly Share[];
}

async function heldRounds(reader: Reader, { opened, rounds, turns, leaving }: Holding): Promise<HeldRound[]> {
  const ids = leaving.map((share) => share.id);
  const held: HeldRound[] = [];
  for (const round of opened) {
    const places = placesOf(rounds, round.number);
    const dues = await listDuesOfRound(reader, round.id, 'pot');
    const own = dues.filter((due) => due.shareId !== null && ids.includes(due.shareId));
    invariant(own.length === ids.length, `round ${round.id} did not ask ${ids.join()} for anything`);
    held.push({
      served: turns.filter((turn) => places.includes(turn.place)).map((turn) => turn.shareId),
      paid: own.reduce((sum, due) => sum + due.met, 0n),
    });
  }
  return held;
}

const EXIT_NO_SHARE = refusal(
  'exit-no-share',
  'conflict',
  'Ce membre ne tient aucune part du cycle en cours : il peut démissionner simplement.',
  'This member holds no share of the running cycle: they can simply resign.',
);
const EXIT_POT_UNDECIDED = refusal(
  'exit-pot-undecided',
  'conflict',
  'La cagnotte du tour ouvert n’a pas encore de bénéficiaire. Décidez-la d’abord.',
  'The pot of the open round has no beneficiary yet. Decide it first.',
);
const EXIT_POT_DECIDING = refusal(
  'exit-pot-deciding',
  'conflict',
  'Une cagnotte du cycle est aux enchères ou soumise au vote. Attendez qu’elle soit décidée.',
  'A pot of the cycle is being auctioned or voted on. Wait until it is decided.',
);
const EXIT_NO_WITNESS = refusal(
  'exit-no-witness',
  'conflict',
  'Il ne resterait qu’une personne avec un compte : plus personne ne pourrait confirmer ses espèces ni approuver. Invitez d’abord quelqu’un.',
  'Only one person with an account would remain: nobody could confirm their notes or approve. Invite somebody first.',
);
const EXIT_BY_SUBSTITUTION = refusal(
  'exit-by-substitution',
  'conflict',
  'Dans ce cycle, une part se quitte en la cédant à quelqu’un d’autre.',
  'In this cycle a share is left by handing it on to somebody else.',
);
const EXIT_TOO_LATE = refusal(
  'exit-too-late',
  'conflict',
  'Le dernier tour est ouvert : il ne reste plus de tour à retirer du cycle.',
  'The last round is open: no round is left to take out of the cycle.',
);
const EXIT_TOO_FEW = refusal(
  'exit-too-few',
  'conflict',
  'Il resterait moins de deux parts : terminez plutôt le cycle.',
  'Fewer than two shares would remain: end the cycle instead.',
);
