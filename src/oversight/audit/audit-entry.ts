/**
 * Is one act in the trail of the console, and computes the link that chains it to the act before.
 *
 * Before and after are kept as the exact texts that were hashed: a database that reorders the fields of a JSON value would
 * otherwise break a chain that nobody touched.
 */
import { createHash } from 'node:crypto';

/** Everything that an operator can do, in one closed list. */
export type AuditAct =
  | 'console.entered' // the second factor was proven in a session
  | 'access.invited' // a number was invited to a role
  | 'access.invitation-withdrawn' // an open invitation was called off
  | 'access.accepted' // an invited person took the role
  | 'access.role-revoked' // a role was taken back
  | 'access.session-revoked' // somebody's sessions were ended
  | 'access.factor-unlinked' // an authenticator was unlinked
  | 'review.proposed' // what should become of a payment under review
  | 'review.approved' // a proposal was carried out
  | 'review.refused' // a proposal was turned down
  | 'second.proposed' // where the money of a second payment should go
  | 'second.approved' // that proposal was carried out
  | 'second.refused' // or turned down
  | 'freeze.placed' // something was stopped
  | 'freeze.lifted' // and let go
  | 'payment.asked' // the provider was asked now
  | 'payment.unmasked' // a whole number was looked at
  | 'payment.exported' // a list of payments was taken away as a file
  | 'callback.replayed' // a callback was looked at again
  | 'alert.acknowledged' // somebody looks after it
  | 'alert.silenced' // it stays quiet until an hour
  | 'alert.resolved' // it is over
  | 'alert.rule-changed' // a threshold or a destination changed
  | 'break.owned' // somebody explains a difference
  | 'break.closed' // a difference was explained
  | 'statement.imported' // a provider's statement was read in
  | 'list.exported' // a list of cases, differences or figures was taken away as a file
  | 'person.exported' // all that is kept about somebody was taken away as a file
  | 'person.erasure-asked' // somebody's identity should be removed
  | 'person.erasure-refused' // that request was turned down
  | 'person.erased' // somebody's identity was removed; the books stay
  | 'trail.verified' // the trail or the ledger was walked through
  | 'trail.exported'; // the trail was taken away as a file

export interface AuditEntry {
  readonly seq: bigint;
  readonly id: string;
  readonly occurredAt: Date;
  readonly actorId: string;
  /** With commas between. */
  readonly actorRoles: string;
  readonly ip: string;
  readonly device: string | undefined;
  readonly act: AuditAct;
  readonly subjectId: string;
  readonly reason: string | undefined;
  /** JSON, as it was hashed. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** 64 hexadecimal digits. */
  readonly link: string;
}

export const TRAIL_GENESIS = '0'.repeat(64);

/** SHA-256 over the link before and every field, each as JSON on a line of its own, so no two entries read the same. */
export function linkAfterEntry(head: string, entry: Omit<AuditEntry, 'link'>): string {
  const fields = [
    head,
    String(entry.seq),
    entry.id,
    String(entry.occurredAt.getTime()),
    entry.actorId,
    entry.actorRoles,
    entry.ip,
    entry.device ?? null,
    entry.act,
    entry.subjectId,
    entry.reason ?? null,
    entry.before ?? null,
    entry.after ?? null,
  ];
  return createHash('sha256')
    .update(fields.map((field) => JSON.stringify(field)).join('\n'))
    .digest('hex');
}

/** What was before or after an act: words, ids and amounts as text, in the order of their names. */
export type AuditFacts = Readonly<Record<string, string | undefined>>;

export function factsText(facts: AuditFacts | undefined): string | undefined {
  if (facts === undefined) return undefined;
  const present = Object.entries(facts).filter(([, value]) => value !== undefined);
  return JSON.stringify(Object.fromEntries(present.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
