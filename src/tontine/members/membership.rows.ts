/**
 * Keeps who is in which group in the table `memberships`.
 */
import { type Generated, sql } from 'kysely';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import { lookupHash } from '../../ground/seal/lookup-hash.ts';
import { vaultOf } from '../../ground/seal/vault-of.ts';
import { MEMBER_STATES, type Membership, type MembershipState } from './membership.ts';
import type { Office } from './membership-role.rows.ts';
import { isInvited, openOf, sealOf } from './sealed-member.rows.ts';

interface MembershipTable {
  id: string;
  group_id: string;
  person_id: string | null;
  /** Sealed, as the name and the next of kin; plain while an older version may serve. */
  phone: string | null;
  phone_hash: Generated<string | null>;
  display_name: string;
  state: MembershipState;
  reason: string | null;
  added_by: string | null;
  created_at: Date;
  joined_at: Date | null;
  ended_at: Date | null;
  next_of_kin_name: string | null;
  next_of_kin_phone: string | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    memberships: MembershipTable;
  }
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'person_id as personId',
  'phone',
  'display_name as displayName',
  'state',
  'reason',
  'created_at as createdAt',
  'joined_at as joinedAt',
  'ended_at as endedAt',
  'next_of_kin_name as nextOfKinName',
  'next_of_kin_phone as nextOfKinPhone',
] as const;

export interface NewMembership {
  readonly id: string;
  readonly groupId: string;
  readonly personId?: string | undefined;
  readonly phone?: string | undefined;
  readonly displayName: string;
  readonly state: Extract<MembershipState, 'invited' | 'asked' | 'active'>;
  readonly addedBy?: string | undefined;
  readonly at: Date;
}

export async function insertMembership(tx: Tx, member: NewMembership): Promise<void> {
  const { id, phone } = member;
  await tx
    .insertInto('memberships')
    .values({
      id,
      group_id: member.groupId,
      person_id: member.personId ?? null,
      phone: phone === undefined ? null : sealOf(tx, id, 'phone', phone),
      phone_hash: phone === undefined ? null : lookupHash(vaultOf(tx), { kind: 'phone', text: phone }),
      display_name: sealOf(tx, id, 'display_name', member.displayName),
      state: member.state,
      reason: null,
      added_by: member.addedBy ?? null,
      created_at: member.at,
      joined_at: member.state === 'active' ? member.at : null,
      ended_at: null,
      next_of_kin_name: null,
      next_of_kin_phone: null,
    })
    .execute();
}

export async function findMembership(reader: Reader, id: string): Promise<Membership | undefined> {
  const [row] = await askMembership(reader, { id });
  return row && openMembership(reader, row);
}

const askMembership = keptQuery('membership', (reader, { id }: { readonly id: string }) =>
  reader.selectFrom('memberships').select(COLUMNS).where('id', '=', id),
);

/** The place that a person has, or asks for, in a group now. */
export async function findPlaceOf(
  reader: Reader,
  at: { readonly groupId: string; readonly personId: string },
): Promise<Membership | undefined> {
  const row = await reader
    .selectFrom('memberships')
    .select(COLUMNS)
    .where('group_id', '=', at.groupId)
    .where('person_id', '=', at.personId)
    .where('state', 'in', ['invited', 'asked', ...MEMBER_STATES])
    .executeTakeFirst();
  return row && openMembership(reader, row);
}

/** Invitations to a number, from whichever group. */
export async function listInvitedNumber(reader: Reader, phone: string): Promise<Membership[]> {
  const rows = await reader
    .selectFrom('memberships')
    .select(COLUMNS)
    .where(isInvited(reader, phone))
    .where('person_id', 'is', null)
    .where('state', '=', 'invited')
    .orderBy('id')
    .limit(50)
    .execute();
  return rows.map((row) => openMembership(reader, row));
}

/** Everybody in these states, in the order in which they came. */
export async function listMembers(
  reader: Reader,
  groupId: string,
  states: readonly MembershipState[] = MEMBER_STATES,
): Promise<Membership[]> {
  const rows = await reader
    .selectFrom('memberships')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .where('state', 'in', states)
    .orderBy('id')
    .execute();
  return rows.map((row) => openMembership(reader, row));
}

/** A member with what they hold for the others now. */
export interface PersonOfGroup extends Membership {
  readonly offices: readonly Office[];
  /** Whether notes of the group are, or were, in a box of theirs. */
  readonly keepsBox: boolean;
}

/** Everybody in these states, in the order in which they came. */
export async function listPeopleOfGroup(
  reader: Reader,
  groupId: string,
  states: readonly MembershipState[],
): Promise<PersonOfGroup[]> {
  const rows = await askPeopleOfGroup(reader, { groupId, states: arrayText(states) });
  return rows.map((row) => ({
    ...openMembership(reader, row),
    offices: row.offices,
    keepsBox: row.keepsBox,
  }));
}

interface PeopleOfGroup {
  readonly groupId: string;
  /** As one text. */
  readonly states: string;
}

const askPeopleOfGroup = keptQuery('people-of-group', (reader, { groupId, states }: PeopleOfGroup) =>
  reader
    .selectFrom('memberships')
    .select(COLUMNS)
    .select([
      sql<Office[]>`array(select role from membership_roles where membership_id = memberships.id
        and ended_at is null order by granted_at, role)`.as('offices'),
      sql<boolean>`exists (select 1 from cash_boxes where cash_boxes.group_id = memberships.group_id
        and cash_boxes.keeper_id = memberships.id)`.as('keepsBox'),
    ])
    .where('group_id', '=', groupId)
    .where(sql<boolean>`state = any(${states}::text[])`)
    .orderBy('id'),
);

export interface MembershipChange {
  readonly id: string;
  readonly state: MembershipState;
  readonly at: Date;
  readonly reason?: string | undefined;
  readonly personId?: string | undefined;
}

const ENDED: readonly MembershipState[] = ['declined', 'resigned', 'expelled', 'deceased'];

export async function markMembership(tx: Tx, change: MembershipChange): Promise<void> {
  await tx
    .updateTable('memberships')
    .set((row) => ({
      state: change.state,
      reason: change.reason ?? null,
      ...(change.personId === undefined ? {} : { person_id: change.personId }),
      joined_at:
        change.state === 'active' ? row.fn.coalesce('joined_at', row.val(change.at)) : row.ref('joined_at'),
      ended_at: ENDED.includes(change.state) ? change.at : null,
    }))
    .where('id', '=', change.id)
    .execute();
}

export async function markNextOfKin(
  tx: Tx,
  id: string,
  kin: { readonly name: string; readonly phone: string | undefined },
): Promise<void> {
  await tx
    .updateTable('memberships')
    .set({
      next_of_kin_name: sealOf(tx, id, 'next_of_kin_name', kin.name),
      next_of_kin_phone: kin.phone === undefined ? null : sealOf(tx, id, 'next_of_kin_phone', kin.phone),
    })
    .where('id', '=', id)
    .execute();
}

/** Whether the person has, or asks for, a place in a group that is not over. */
export async function hasPlace(reader: Reader, personId: string): Promise<boolean> {
  const row = await reader
    .selectFrom('memberships')
    .select('id')
    .where('person_id', '=', personId)
    .where('state', 'not in', ENDED)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** In the lists of their former groups this stands where the name was. */
const FORGOTTEN = '—';

/** The person's past memberships keep what they paid and received, under no name; invitations of the number go too. */
export async function forgetMembershipsOf(
  tx: Tx,
  person: { readonly id: string; readonly phone: string; readonly at: Date },
): Promise<void> {
  const invited = (await listInvitedNumber(tx, person.phone)).map(({ id }) => id);
  const own = await tx.selectFrom('memberships').select('id').where('person_id', '=', person.id).execute();
  for (const id of [...invited, ...own.map((row) => row.id)]) {
    await tx
      .updateTable('memberships')
      .set({
        ...(invited.includes(id) ? { state: 'declined', ended_at: person.at } : {}),
        display_name: sealOf(tx, id, 'display_name', FORGOTTEN),
        phone: null,
        phone_hash: null,
        next_of_kin_name: null,
        next_of_kin_phone: null,
      })
      .where('id', '=', id)
      .execute();
  }
}

/** A row with what is sealed in it opened. */
export function openMembership(reader: Reader, row: Membership): Membership {
  const open = <T extends string | null>(column: Parameters<typeof openOf>[2], text: T): string | T =>
    text === null ? text : openOf(reader, row.id, column, text);
  return {
    ...row,
    phone: open('phone', row.phone),
    displayName: open('display_name', row.displayName),
    nextOfKinName: open('next_of_kin_name', row.nextOfKinName),
    nextOfKinPhone: open('next_of_kin_phone', row.nextOfKinPhone),
  };
}
