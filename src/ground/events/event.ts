/**
 * Names everything that can become true, in one closed list.
 *
 * An event is written in the same transaction as the fact it tells, so the floors above can read what happened below
 * without being called from there.
 */
export type EventName =
  | 'payment.created' // a person asked for a deposit or a withdrawal; nothing has moved
  | 'payment.submitting' // we began to hand it to the provider
  | 'payment.accepted' // the provider took it; the payer must approve
  | 'payment.held' // a withdrawal's money is set aside until the hour that the person was told
  | 'payment.cancelled' // the person called a withdrawal off before anything was sent
  | 'payment.postponed' // a withdrawal waits: the provider's float is too low, or an equal one is still open
  | 'payment.slow' // a withdrawal is not confirmed after half an hour
  | 'payment.paid-after-release' // the provider paid what it had called failed: the person owes us
  | 'payment.resolved' // two operators decided what machines may not
  | 'float.low' // the provider holds less for us than a withdrawal needs
  | 'owner.frozen' // a person's withdrawals were stopped
  | 'payment.rejected' // the provider refused it before anything moved
  | 'payment.answer-lost' // the provider's answer did not reach us; it may or may not have acted
  | 'payment.code-refused' // the operator refused the person's one-time code; another may be typed
  | 'payment.found' // after a lost answer, the provider's references became known
  | 'payment.succeeded' // the provider confirmed the money and the books say so
  | 'payment.failed' // the provider confirmed that no money moved
  | 'payment.expired' // nothing was confirmed in time; a late success is still credited
  | 'payment.reviewed' // the provider confirmed something else than what we asked: a person must decide
  | 'payment.reversed' // the provider took back money that it had confirmed
  | 'payment.second-closed' // two operators decided where the money of a second payment goes
  | 'payment.second-reversed' // the provider took back a second payment that had been credited
  | 'payment.contradicted' // the provider said something that cannot follow what it said before
  | 'callback.rejected' // a callback was refused: bad signature, or none where one is required
  | 'callback.unmatched' // a callback named a payment that never appeared
  | 'person.joined' // a phone number signed in for the first time
  | 'person.signed-in' // a session was opened
  | 'pin.changed' // a person set or changed the PIN
  | 'group.founded' // somebody founded a group and is its president
  | 'group.rules-changed' // a new by-law was adopted, and says when it takes effect
  | 'member.joined' // a person became a member of a group
  | 'member.left' // a member resigned, was expelled or died
  | 'cycle.started' // the order stands and the first round is open
  | 'cycle.ended' // every share was served and deposits went back
  | 'round.opened' // what a round expects is due
  | 'round.closed' // collecting for a round has ended
  | 'round.served' // every pot of a round was handed out
  | 'contribution.confirmed' // money of a member is in the group's funds
  | 'contribution.corrected' // a contribution was undone, for all to see
  | 'payout.proposed' // a pot waits for the officers' agreement
  | 'payout.paid' // a pot was handed out
  | 'payout.acknowledged' // the beneficiary said yes
  | 'guarantee.advanced' // the guarantee fund stood in for what was not paid
  | 'penalty.levied' // a fine was written down
  | 'penalty.waived' // two people forgave a fine
  | 'draw.committed' // the list and the hash of a draw are public
  | 'draw.revealed' // the result of a draw can be computed by anyone
  | 'auction.awarded' // a turn was sold
  | 'ballot.decided' // a vote gave a turn
  | 'turn.swapped' // two shares changed places
  | 'share.substituted' // somebody took a share over
  | 'share.defaulted' // a share that was served stopped paying
  | 'aid.granted' // the solidarity fund helps
  | 'fund.shared-out' // the common fund of a cycle was divided among its shares
  | 'meeting.closed' // the boxes agree with the books, and the minutes stand
  | 'sms.budget-spent'; // the day's budget for text messages is used up

export interface Event {
  readonly id: string;
  readonly name: EventName;
  /** The id of what the event is about. */
  readonly subjectId: string;
  /** What a reader needs besides: ids, words and amounts as text; never a phone number, a code or a token. */
  readonly facts: Readonly<Record<string, string>>;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
}
