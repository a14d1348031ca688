/**
 * Shows who works in the console, with roles, sessions and authenticator, and who is invited.
 */

import { PERMISSIONS, type Permission } from '../../../../oversight/access/permission.ts';
import { GRANTED_ROLES, type GrantedRole } from '../../../../people/role.ts';
import { When } from '../../parts/amount.tsx';
import { Reference } from '../../parts/facts.tsx';
import { Csrf, Field } from '../../parts/field.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface TeamLine {
  readonly personId: string;
  readonly name: string;
  /** Masked. */
  readonly phoneText: string;
  readonly roles: readonly GrantedRole[];
  readonly hasFactor: boolean;
  readonly sessions: readonly {
    readonly id: string;
    readonly device?: string;
    readonly ip: string;
    readonly lastSeenAt: Date;
    readonly inConsole: boolean;
  }[];
}

export interface InvitationLine {
  readonly id: string;
  readonly phoneText: string;
  readonly role: GrantedRole;
  readonly expiresAt: Date;
}

export interface AccessPageProps {
  readonly frame: ConsoleFrame;
  readonly team: readonly TeamLine[];
  readonly invitations: readonly InvitationLine[];
  /** The link of an invitation that was just made; it cannot be shown again. */
  readonly link?: string;
}

export function AccessPage({ frame, team, invitations, link }: AccessPageProps) {
  const words = wordsFor(frame.locale).console.access;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="access">
      <h1>{words.title}</h1>
      {link === undefined ? null : (
        <section class="notice success">
          <div>
            <p>{words.linkOnce}</p>
            <Reference text={link} copy={words.copy} copied={words.copied} />
          </div>
        </section>
      )}
      <section aria-labelledby="team">
        <h2 id="team">{words.team}</h2>
        <div class="pair">
          {team.map((member) => (
            <Member key={member.personId} frame={frame} member={member} />
          ))}
        </div>
      </section>
      <div class="pair">
        <InviteForm frame={frame} />
        <Invitations frame={frame} invitations={invitations} />
      </div>
      <Matrix frame={frame} />
    </ConsoleLayout>
  );
}

function Member({ frame, member }: { readonly frame: ConsoleFrame; readonly member: TeamLine }) {
  const all = wordsFor(frame.locale).console;
  const words = all.access;
  return (
    <article class="card" aria-label={member.name}>
      <h3>{member.name}</h3>
      <p>
        {member.phoneText} · {member.hasFactor ? words.factorLinked : words.factorMissing}
      </p>
      <ul class="lines">
        {member.roles.map((role) => (
          <li key={role} class="line">
            <p>{all.roles[role]}</p>
            <Do
              frame={frame}
              to={consolePaths.accessRevoke}
              person={member.personId}
              role={role}
              label={words.revoke}
              about={`${all.roles[role]} · ${member.name}`}
            />
          </li>
        ))}
        {member.sessions.map((session) => (
          <li key={session.id} class="line">
            <p>
              {session.device ?? words.unknownDevice} · <code>{session.ip}</code>
              <small>
                <When instant={session.lastSeenAt} locale={frame.locale} />
                {session.inConsole ? ` · ${words.inConsole}` : ''}
              </small>
            </p>
          </li>
        ))}
      </ul>
      <div class="row">
        <Do
          frame={frame}
          to={consolePaths.accessSessions}
          person={member.personId}
          label={words.endSessions}
          about={member.name}
        />
        {member.hasFactor ? (
          <Do
            frame={frame}
            to={consolePaths.accessUnlink}
            person={member.personId}
            label={words.unlink}
            about={member.name}
          />
        ) : null}
      </div>
    </article>
  );
}

interface DoProps {
  readonly frame: ConsoleFrame;
  readonly to: string;
  readonly person: string;
  readonly role?: GrantedRole;
  readonly label: string;
  /** Who or what it concerns, for those who hear only the button. */
  readonly about: string;
}

function Do({ frame, to, person, role, label, about }: DoProps) {
  return (
    <form method="post" action={to}>
      <Csrf token={frame.csrf} />
      <input type="hidden" name="person" value={person} />
      {role === undefined ? null : <input type="hidden" name="role" value={role} />}
      <button type="submit" class="small" aria-label={`${label} · ${about}`}>
        {label}
      </button>
    </form>
  );
}

function InviteForm({ frame }: { readonly frame: ConsoleFrame }) {
  const all = wordsFor(frame.locale).console;
  const words = all.access;
  return (
    <form method="post" action={consolePaths.accessInvite} class="card">
      <h2>{words.invite}</h2>
      <p class="hint">{words.inviteHint}</p>
      <Csrf token={frame.csrf} />
      <Field name="phone" label={words.phone} type="tel" inputMode="tel" autoComplete="off" />
      <div class="field">
        <label for="f-role">{words.role}</label>
        <select id="f-role" name="role">
          {GRANTED_ROLES.map((role) => (
            <option key={role} value={role}>
              {all.roles[role]}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="primary">
        {words.invite}
      </button>
    </form>
  );
}

function Invitations({
  frame,
  invitations,
}: {
  readonly frame: ConsoleFrame;
  readonly invitations: readonly InvitationLine[];
}) {
  const all = wordsFor(frame.locale).console;
  const words = all.access;
  return (
    <section class="card" aria-labelledby="invited">
      <h2 id="invited">{words.invited}</h2>
      {invitations.length === 0 ? <p>{words.nobodyInvited}</p> : null}
      <ul class="lines">
        {invitations.map((one) => (
          <li key={one.id} class="line">
            <p>
              {one.phoneText} · {all.roles[one.role]}
              <small>
                {words.until} <When instant={one.expiresAt} locale={frame.locale} />
              </small>
            </p>
            <form method="post" action={consolePaths.accessWithdraw}>
              <Csrf token={frame.csrf} />
              <input type="hidden" name="invitation" value={one.id} />
              <button type="submit" class="small" aria-label={`${words.withdraw} · ${one.phoneText}`}>
                {words.withdraw}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The permission matrix itself: what the code asks is what is shown. */
function Matrix({ frame }: { readonly frame: ConsoleFrame }) {
  const words = wordsFor(frame.locale).console;
  const rows = Object.entries(PERMISSIONS) as [Permission, (typeof PERMISSIONS)[Permission]][];
  return (
    <table class="stack">
      <caption>{words.access.matrix}</caption>
      <thead>
        <tr>
          <th scope="col">{words.access.act}</th>
          {GRANTED_ROLES.map((role) => (
            <th key={role} scope="col">
              {words.roles[role]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([permission, allowed]) => (
          <tr key={permission}>
            <th scope="row">{words.permissions[permission]}</th>
            {GRANTED_ROLES.map((role) => (
              <td key={role} data-label={words.roles[role]}>
                {allowed[role] ? words.yes : words.no}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
