/**
 * Writes one act of an operator into the trail, in the transaction in which it happens.
 *
 * An act that is undone leaves no entry, and an entry that cannot be written undoes its act. Call it late: the end of the
 * trail stays locked until the transaction ends.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { grantedRoles } from '../../people/role.ts';
import type { Operator } from '../operator.ts';
import { insertAuditEntry, lockTrailHead } from './audit-entry.rows.ts';
import { type AuditAct, type AuditFacts, factsText, linkAfterEntry } from './audit-entry.ts';

export interface ActToRecord {
  readonly act: AuditAct;
  /** The id of what was acted on. */
  readonly subjectId: string;
  readonly reason?: string;
  readonly before?: AuditFacts;
  readonly after?: AuditFacts;
}

export async function recordAct(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  by: Operator,
  done: ActToRecord,
): Promise<void> {
  const head = await lockTrailHead(tx);
  const entry = {
    seq: head.seq + 1n,
    id: ground.ids.next('aud'),
    occurredAt: ground.clock.now(),
    actorId: by.personId,
    actorRoles: grantedRoles(by.roles).join(','),
    ip: by.ip,
    device: by.device,
    act: done.act,
    subjectId: done.subjectId,
    reason: done.reason,
    before: factsText(done.before),
    after: factsText(done.after),
  };
  await insertAuditEntry(tx, { ...entry, link: linkAfterEntry(head.link, entry) });
}
