/**
 * Names every act that is written into a group's own journal, which all its members may read.
 */
export type JournalAct =
  | 'group.founded'
  | 'rules.proposed'
  | 'rules.adopted'
  | 'invitation.made'
  | 'invitation.revoked'
  | 'member.invited'
  | 'member.added'
  | 'member.joined'
  | 'member.declined'
  | 'member.suspended'
  | 'member.restored'
  | 'member.resigned'
  | 'member.expelled'
  | 'member.died'
  | 'role.granted'
  | 'role.ended'
  | 'cycle.formed'
  | 'cycle.started'
  | 'cycle.ended'
  | 'cycle.broken'
  | 'share.added'
  | 'share.removed'
  | 'order.fixed'
  | 'round.opened'
  | 'round.closed'
  | 'round.served'
  | 'contribution.received'
  | 'cash.declared'
  | 'cash.confirmed'
  | 'cash.refused'
  | 'cash.exchanged'
  | 'cash.handed-over'
  | 'contribution.corrected'
  | 'approval.asked'
  | 'approval.given'
  | 'approval.denied'
  | 'approval.expired'
  | 'payout.proposed'
  | 'payout.paid'
  | 'payout.acknowledged'
  | 'guarantee.advanced'
  | 'guarantee.returned'
  | 'penalty.levied'
  | 'penalty.waived'
  | 'draw.committed'
  | 'draw.revealed'
  | 'draw.voided'
  | 'auction.opened'
  | 'auction.bid'
  | 'auction.awarded'
  | 'auction.voided'
  | 'ballot.opened'
  | 'ballot.asked'
  | 'ballot.decided'
  | 'ballot.voided'
  | 'turn.swap-asked'
  | 'turn.swap-answered'
  | 'turn.swapped'
  | 'share.substitution-asked'
  | 'share.substitution-answered'
  | 'share.substituted'
  | 'exit.asked'
  | 'member.exited'
  | 'share.defaulted'
  | 'default.covered'
  | 'guarantor.signed'
  | 'aid.claimed'
  | 'aid.granted'
  | 'fund.shared-out'
  | 'aid.refused'
  | 'meeting.opened'
  | 'meeting.closed'
  | 'presence.recorded'
  | 'cash.counted'
  | 'cash.explained'
  | 'decision.recorded';

export interface JournalLine {
  readonly id: string;
  readonly groupId: string;
  readonly act: JournalAct;
  /** Nobody, when the group's own rules did it. */
  readonly actorId: string | null;
  readonly subjectId: string;
  readonly reason: string | null;
  /** Ids, words and amounts as text. */
  readonly facts: Readonly<Record<string, string>>;
  readonly at: Date;
}
