-- Tontines: groups and their by-laws, members, cycles of rounds, what is due and what was paid, who decided it.
-- Money itself is in the ledger; these rows say what it was for, and refuse what must never be.

create table groups (
  id text primary key check (id ~ '^grp_[0-9a-z]{26}$'),
  name text not null check (char_length(name) between 1 and 60),
  currency char(3) not null,
  time_zone text not null check (time_zone ~ '^[A-Za-z_]+(/[A-Za-z_+-]+)*$'),
  founded_by text not null references people (id),
  founded_at timestamptz not null,
  -- What the group was founded with: the form's own id, so that a double click founds one group.
  dissolved_at timestamptz check (dissolved_at >= founded_at)
);
--;;
create function keep_group() returns trigger language plpgsql as $$
begin
  if (old.id, old.currency, old.founded_by, old.founded_at) is distinct from
     (new.id, new.currency, new.founded_by, new.founded_at)
     or old.dissolved_at is not null and new.dissolved_at is distinct from old.dissolved_at then
    raise exception 'group %: where it comes from never changes', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger groups_keep_their_origin before update on groups for each row execute function keep_group();
--;;
create trigger groups_stay before delete on groups for each row execute function refuse_deletion();
--;;
create table memberships (
  id text primary key check (id ~ '^mem_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  -- Null for whoever has no phone: the officers act for them, and they are paid in cash.
  person_id text references people (id),
  -- The number that was invited, until its person answers.
  phone text check (phone ~ '^\+[0-9]{8,15}$'),
  display_name text not null check (char_length(display_name) between 1 and 60),
  state text not null check (state in
    ('invited', 'asked', 'active', 'suspended', 'declined', 'resigned', 'expelled', 'deceased')),
  reason text,
  added_by text,
  created_at timestamptz not null,
  joined_at timestamptz,
  ended_at timestamptz,
  next_of_kin_name text check (char_length(next_of_kin_name) between 1 and 60),
  next_of_kin_phone text check (next_of_kin_phone ~ '^\+[0-9]{8,15}$'),
  unique (id, group_id),
  check (state not in ('active', 'suspended') or joined_at is not null),
  check ((state in ('declined', 'resigned', 'expelled', 'deceased')) = (ended_at is not null)),
  check (state <> 'asked' or person_id is not null),
  check (state <> 'invited' or person_id is not null or phone is not null),
  -- Whoever is put out is told why.
  check (state not in ('suspended', 'expelled') or length(trim(reason)) >= 3)
);
--;;
-- One person is in a group once, whatever became of earlier times.
create unique index memberships_one_place on memberships (group_id, person_id)
  where person_id is not null and state in ('invited', 'asked', 'active', 'suspended');
--;;
create unique index memberships_one_invitation on memberships (group_id, phone)
  where person_id is null and phone is not null and state = 'invited';
--;;
create index memberships_of_person on memberships (person_id, id) where person_id is not null;
--;;
create index memberships_of_number on memberships (phone) where person_id is null and state = 'invited';
--;;
create index memberships_of_group on memberships (group_id, id);
--;;
create function keep_membership() returns trigger language plpgsql as $$
begin
  if (old.id, old.group_id, old.created_at) is distinct from (new.id, new.group_id, new.created_at)
     or old.person_id is not null and new.person_id is distinct from old.person_id then
    raise exception 'membership %: whose it is never changes', old.id using errcode = 'restrict_violation';
  end if;
  if old.state <> new.state and not (
       old.state = 'invited' and new.state in ('active', 'declined')
    or old.state = 'asked' and new.state in ('active', 'declined')
    or old.state = 'active' and new.state in ('suspended', 'resigned', 'expelled', 'deceased')
    or old.state = 'suspended' and new.state in ('active', 'resigned', 'expelled', 'deceased')) then
    raise exception 'membership %: % cannot become %', old.id, old.state, new.state
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger memberships_move_forward before update on memberships
  for each row execute function keep_membership();
--;;
create trigger memberships_stay before delete on memberships for each row execute function refuse_deletion();
--;;
-- Who held which office, and when: a grant is ended once and otherwise never touched.
create table membership_roles (
  group_id text not null,
  membership_id text not null,
  role text not null check (role in
    ('president', 'vice-president', 'treasurer', 'secretary', 'censor', 'auditor')),
  granted_at timestamptz not null,
  -- Null for the founder, who is president because they founded it.
  granted_by text references memberships (id),
  ended_at timestamptz check (ended_at >= granted_at),
  ended_by text references memberships (id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (ended_by is null or ended_at is not null)
);
--;;
create unique index membership_roles_once on membership_roles (membership_id, role) where ended_at is null;
--;;
create unique index membership_roles_one_president on membership_roles (group_id, role)
  where ended_at is null and role in ('president', 'vice-president');
--;;
create index membership_roles_of_group on membership_roles (group_id) where ended_at is null;
--;;
create function keep_membership_role() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null
     or (old.group_id, old.membership_id, old.role, old.granted_at) is distinct from
        (new.group_id, new.membership_id, new.role, new.granted_at)
     or new.granted_by is distinct from old.granted_by then
    raise exception 'offices are history: end one, do not change it' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger membership_roles_are_history before update or delete on membership_roles
  for each row execute function keep_membership_role();
--;;
-- The by-law, one row for each version. What a version says never changes; it is adopted once, and takes effect after
-- all members were told.
create table group_rules (
  group_id text not null references groups (id),
  version int not null check (version > 0),
  rules jsonb not null,
  reason text,
  proposed_by text references memberships (id),
  proposed_at timestamptz not null,
  adopted_at timestamptz check (adopted_at >= proposed_at),
  takes_effect_at timestamptz,
  withdrawn_at timestamptz,
  primary key (group_id, version),
  check ((adopted_at is null) = (takes_effect_at is null)),
  check (takes_effect_at >= adopted_at),
  check (withdrawn_at is null or adopted_at is null),
  -- The founding version has no notice to give; every other one names its author and its reason.
  check (version = 1 or proposed_by is not null and length(trim(reason)) >= 3)
);
--;;
create unique index group_rules_one_proposal on group_rules (group_id)
  where adopted_at is null and withdrawn_at is null;
--;;
create function keep_rules() returns trigger language plpgsql as $$
begin
  if (old.group_id, old.version, old.rules, old.proposed_at) is distinct from
     (new.group_id, new.version, new.rules, new.proposed_at)
     or new.proposed_by is distinct from old.proposed_by or new.reason is distinct from old.reason
     or old.adopted_at is not null or old.withdrawn_at is not null then
    raise exception 'by-law % of %: a version is never rewritten', old.version, old.group_id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger group_rules_are_versions before update on group_rules for each row execute function keep_rules();
--;;
create trigger group_rules_stay before delete on group_rules for each row execute function refuse_deletion();
--;;
-- How people come in: a link or a code that anybody may hold (they then ask), or a number that is awaited.
create table invitations (
  id text primary key check (id ~ '^inv_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{8,16}$'),
  created_by text not null references memberships (id),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  uses int not null default 0 check (uses >= 0),
  most_uses int not null check (most_uses > 0),
  check (uses <= most_uses)
);
--;;
create index invitations_of_group on invitations (group_id, id);
--;;
-- Every act of an officer, for all members to read. Nothing of it is ever changed.
create table group_journal (
  id text primary key check (id ~ '^grj_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  act text not null check (act ~ '^[a-z-]+\.[a-z-]+$'),
  -- Null when the group's own rules did it, at night.
  actor_id text references memberships (id),
  subject_id text not null,
  reason text,
  facts jsonb not null,
  at timestamptz not null
);
--;;
create index group_journal_of_group on group_journal (group_id, id desc);
--;;
create index group_journal_of_subject on group_journal (subject_id, id);
--;;
create trigger group_journal_is_history before update or delete on group_journal
  for each row execute function refuse_change_of_history();
--;;
create trigger group_journal_is_never_emptied before truncate on group_journal
  for each statement execute function refuse_change_of_history();
--;;
-- What a member is told: a receipt, a change of the by-law, a correction.
create table member_notices (
  id text primary key check (id ~ '^ntc_[0-9a-z]{26}$'),
  group_id text not null,
  membership_id text not null,
  kind text not null check (kind ~ '^[a-z-]+\.[a-z-]+$'),
  subject_id text not null,
  facts jsonb not null,
  created_at timestamptz not null,
  seen_at timestamptz,
  foreign key (membership_id, group_id) references memberships (id, group_id),
  -- Nobody is told the same thing twice.
  unique (membership_id, kind, subject_id)
);
--;;
create index member_notices_of_member on member_notices (membership_id, id desc);
--;;
-- What several people must agree to. Who asked and who gains from it never count.
create table approval_requests (
  id text primary key check (id ~ '^apv_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  kind text not null check (kind in ('payout', 'rules', 'waiver', 'cash-variance', 'aid', 'exit', 'correction',
    'exchange', 'expulsion', 'default-cover', 'substitution')),
  subject_id text not null,
  -- Null when the group's own rules ask.
  requested_by text references memberships (id),
  -- Whoever gains from a yes.
  beneficiary_id text references memberships (id),
  reason text,
  facts jsonb not null,
  needed int not null check (needed > 0),
  needs_president boolean not null,
  -- Who has a voice: the officers, or, where there are too few of them, every active member.
  electorate text not null check (electorate in ('officers', 'members')),
  state text not null check (state in ('open', 'granted', 'refused', 'expired')),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  decided_at timestamptz,
  unique (id, group_id),
  check ((state = 'open') = (decided_at is null))
);
--;;
create unique index approval_requests_one_open on approval_requests (kind, subject_id) where state = 'open';
--;;
-- What was granted is granted once: two yeses to one subject would be two payouts.
create unique index approval_requests_granted_once on approval_requests (kind, subject_id) where state = 'granted';
--;;
create index approval_requests_of_group on approval_requests (group_id, id desc);
--;;
create index approval_requests_open on approval_requests (expires_at) where state = 'open';
--;;
create table approval_votes (
  request_id text not null,
  group_id text not null,
  membership_id text not null,
  voice text not null check (voice in ('yes', 'no')),
  is_president boolean not null,
  reason text,
  at timestamptz not null,
  primary key (request_id, membership_id),
  foreign key (request_id, group_id) references approval_requests (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (voice = 'yes' or length(trim(reason)) >= 3)
);
--;;
create function check_vote() returns trigger language plpgsql as $$
declare
  asked approval_requests%rowtype;
begin
  if tg_op <> 'INSERT' then
    raise exception 'a voice is given once' using errcode = 'restrict_violation';
  end if;
  select * into asked from approval_requests where id = new.request_id;
  if asked.state <> 'open' or new.at >= asked.expires_at then
    raise exception 'request %: nobody is asked any more', new.request_id using errcode = 'restrict_violation';
  end if;
  if new.membership_id = asked.requested_by or new.membership_id = asked.beneficiary_id then
    raise exception 'request %: whoever asked or gains has no voice', new.request_id
      using errcode = 'restrict_violation';
  end if;
  if new.is_president and not exists (select 1 from membership_roles where membership_id = new.membership_id
      and role in ('president', 'vice-president') and ended_at is null)
    or asked.electorate = 'officers' and not exists (select 1 from membership_roles
      where membership_id = new.membership_id and ended_at is null)
    or not exists (select 1 from memberships where id = new.membership_id and state = 'active') then
    raise exception 'request %: % has no such voice', new.request_id, new.membership_id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger approval_votes_are_checked before insert or update or delete on approval_votes
  for each row execute function check_vote();
--;;
create function check_approval() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'open'
     or (old.id, old.group_id, old.kind, old.subject_id, old.facts, old.needed, old.needs_president, old.electorate,
         old.created_at, old.expires_at) is distinct from
        (new.id, new.group_id, new.kind, new.subject_id, new.facts, new.needed, new.needs_president, new.electorate,
         new.created_at, new.expires_at)
     or new.requested_by is distinct from old.requested_by
     or new.beneficiary_id is distinct from old.beneficiary_id then
    raise exception 'request %: what was asked never changes, and it is decided once', old.id
      using errcode = 'restrict_violation';
  end if;
  if new.state = 'granted' and ((select count(*) from approval_votes where request_id = new.id and voice = 'yes')
       < new.needed
     or new.needs_president and not exists (select 1 from approval_votes where request_id = new.id and voice = 'yes'
       and is_president)
     or exists (select 1 from approval_votes where request_id = new.id and voice = 'no')) then
    raise exception 'request %: not enough voices', new.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger approval_requests_are_decided_once before update or delete on approval_requests
  for each row execute function check_approval();
--;;
create table cycles (
  id text primary key check (id ~ '^cyc_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  number int not null check (number > 0),
  -- The by-law that this cycle was formed under: its amounts, its dates and its order never change.
  rules_version int not null,
  currency char(3) not null,
  starts_on date not null,
  -- What one share pays for one round.
  contribution bigint not null check (contribution > 0),
  order_kind text not null check (order_kind in ('fixed', 'draw', 'auction-discount', 'auction-premium', 'vote')),
  share_count int check (share_count >= 2),
  round_count int check (round_count >= 1),
  state text not null check (state in ('forming', 'running', 'complete', 'broken')),
  formed_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz check (ended_at >= started_at),
  unique (group_id, number),
  unique (id, group_id),
  foreign key (group_id, rules_version) references group_rules (group_id, version),
  check ((state = 'forming') = (started_at is null) or state = 'broken'),
  check (state not in ('running', 'complete') or share_count is not null and round_count is not null),
  check ((state in ('complete', 'broken')) = (ended_at is not null))
);
--;;
create unique index cycles_one_open on cycles (group_id) where state in ('forming', 'running');
--;;
create function keep_cycle() returns trigger language plpgsql as $$
begin
  if (old.id, old.group_id, old.number, old.currency, old.contribution) is distinct from
     (new.id, new.group_id, new.number, new.currency, new.contribution)
     or old.state <> 'forming' and (old.rules_version, old.starts_on, old.order_kind, old.share_count,
          old.round_count, old.started_at) is distinct from (new.rules_version, new.starts_on, new.order_kind,
          new.share_count, new.round_count, new.started_at)
     or old.state in ('complete', 'broken')
     or old.state = 'running' and new.state = 'forming' or old.state = 'forming' and new.state = 'complete' then
    raise exception 'cycle %: what it was started with never changes', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger cycles_keep_their_terms before update on cycles for each row execute function keep_cycle();
--;;
create trigger cycles_stay before delete on cycles for each row execute function refuse_deletion();
--;;
-- One place in a cycle; a member may hold several. Its owner changes only by a substitution.
create table shares (
  id text primary key check (id ~ '^shr_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  membership_id text not null,
  number int not null check (number > 0),
  state text not null check (state in ('active', 'withdrawn', 'defaulted')),
  created_at timestamptz not null,
  served_at timestamptz,
  ended_at timestamptz,
  unique (cycle_id, number),
  unique (id, cycle_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check ((state = 'active') = (ended_at is null)),
  -- Whoever took the pot does not leave with it.
  check (state <> 'withdrawn' or served_at is null)
);
--;;
create index shares_of_member on shares (membership_id, cycle_id);
--;;
create function keep_share() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from cycles where id = old.cycle_id and state <> 'forming') then
      raise exception 'share %: a started cycle keeps its shares', old.id using errcode = 'restrict_violation';
    end if;
    return old;
  end if;
  if (old.id, old.group_id, old.cycle_id, old.number, old.created_at) is distinct from
     (new.id, new.group_id, new.cycle_id, new.number, new.created_at)
     or old.served_at is not null and new.served_at is distinct from old.served_at
     or old.state <> 'active' and new.state <> old.state then
    raise exception 'share %: its place never changes, and it is served once', old.id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger shares_keep_their_place before update or delete on shares
  for each row execute function keep_share();
--;;
create function check_new_share() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from cycles where id = new.cycle_id and state = 'forming') then
    raise exception 'share %: a started cycle takes no new share', new.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger shares_come_before_the_start before insert on shares
  for each row execute function check_new_share();
--;;
create table rounds (
  id text primary key check (id ~ '^rnd_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  number int not null check (number > 0),
  due_on date not null,
  opens_at timestamptz not null,
  due_at timestamptz not null,
  closes_at timestamptz not null,
  -- How many pots are handed out at this round: more or less than one when there are more or fewer shares than rounds.
  payout_count int not null check (payout_count >= 0),
  state text not null check (state in ('scheduled', 'open', 'closed', 'served', 'cancelled')),
  opened_at timestamptz,
  closed_at timestamptz check (closed_at >= opened_at),
  served_at timestamptz check (served_at >= closed_at),
  -- A round falls away before it opens, when the member whose turn it was leaves.
  cancelled_at timestamptz,
  unique (cycle_id, number),
  unique (id, cycle_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  check (opens_at <= due_at and due_at <= closes_at),
  check ((state in ('scheduled', 'cancelled')) = (opened_at is null)),
  check ((state in ('closed', 'served')) = (closed_at is not null)),
  check ((state = 'served') = (served_at is not null)),
  check ((state = 'cancelled') = (cancelled_at is not null)),
  check (state <> 'cancelled' or payout_count = 0)
);
--;;
create index rounds_to_open on rounds (opens_at) where state = 'scheduled';
--;;
create index rounds_to_close on rounds (due_at) where state = 'open';
--;;
create index rounds_to_serve on rounds (closed_at) where state = 'closed';
--;;
create function keep_round() returns trigger language plpgsql as $$
begin
  if (old.id, old.group_id, old.cycle_id, old.number, old.due_on, old.due_at)
     is distinct from (new.id, new.group_id, new.cycle_id, new.number, new.due_on, new.due_at)
     or old.state <> 'scheduled' and new.opens_at <> old.opens_at
     or old.state in ('served', 'cancelled') and new.payout_count <> old.payout_count
     or new.state <> old.state and (old.state, new.state) not in
        (('scheduled', 'open'), ('open', 'closed'), ('closed', 'served'), ('scheduled', 'cancelled')) then
    raise exception 'round %: its dates never change, and it goes one way', old.id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger rounds_go_one_way before update on rounds for each row execute function keep_round();
--;;
create trigger rounds_stay before delete on rounds for each row execute function refuse_deletion();
--;;
-- Whose turn it is. Before the start for an order that is fixed or drawn; round by round for auctions and votes.
create table turns (
  cycle_id text not null,
  share_id text not null,
  -- Which pot of the cycle: the first is 1. The rounds say which round hands it out.
  place int not null check (place > 0),
  decided_by text not null check (decided_by in ('fixed', 'draw', 'auction', 'vote', 'lot')),
  -- The draw, auction or ballot.
  decision_id text,
  -- A discount stays in the pot and lowers what everybody pays; a premium is paid from the pot to the common fund.
  discount bigint not null default 0 check (discount >= 0),
  premium bigint not null default 0 check (premium >= 0),
  commission bigint not null default 0 check (commission >= 0),
  decided_at timestamptz not null,
  primary key (cycle_id, share_id),
  -- Deferrable, so that two turns can change places in one statement.
  unique (cycle_id, place) deferrable initially immediate,
  foreign key (share_id, cycle_id) references shares (id, cycle_id),
  check (commission <= discount)
);
--;;
create table payouts (
  id text primary key check (id ~ '^pyo_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  round_id text not null,
  share_id text not null,
  membership_id text not null,
  -- What the share has a right to; what was paid so far, and from where.
  amount bigint not null check (amount > 0),
  wallet_paid bigint not null default 0 check (wallet_paid >= 0),
  cash_paid bigint not null default 0 check (cash_paid >= 0),
  -- In notes, reserved in the boxes until it is handed over.
  cash_waiting bigint not null default 0 check (cash_waiting >= 0),
  -- The premium and the commission of an auction, on their way from the pot to the common fund.
  fund_amount bigint not null default 0 check (fund_amount >= 0),
  fund_wallet bigint not null default 0 check (fund_wallet >= 0),
  fund_cash bigint not null default 0 check (fund_cash >= 0),
  state text not null check (state in ('proposed', 'approved', 'paid', 'acknowledged')),
  proposed_by text references memberships (id),
  proposed_at timestamptz not null,
  approved_at timestamptz,
  paid_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text references memberships (id),
  reminded_at timestamptz,
  -- One payout per share per cycle, for ever.
  unique (cycle_id, share_id),
  unique (id, group_id),
  foreign key (round_id, cycle_id) references rounds (id, cycle_id),
  foreign key (share_id, cycle_id) references shares (id, cycle_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  check (wallet_paid + cash_paid + cash_waiting <= amount),
  check (fund_wallet + fund_cash <= fund_amount),
  check (state not in ('paid', 'acknowledged') or wallet_paid + cash_paid = amount
    and fund_wallet + fund_cash = fund_amount),
  check ((state = 'proposed') = (approved_at is null)),
  check (state <> 'proposed' or wallet_paid + cash_paid + cash_waiting = 0),
  check ((state in ('paid', 'acknowledged')) = (paid_at is not null)),
  check ((state = 'acknowledged') = (acknowledged_at is not null))
);
--;;
create index payouts_of_round on payouts (round_id);
--;;
create index payouts_unanswered on payouts (paid_at) where state = 'paid';
--;;
create function keep_payout() returns trigger language plpgsql as $$
begin
  if (old.id, old.group_id, old.cycle_id, old.round_id, old.share_id, old.membership_id, old.amount, old.proposed_at)
     is distinct from (new.id, new.group_id, new.cycle_id, new.round_id, new.share_id, new.membership_id, new.amount,
       new.proposed_at)
     or new.wallet_paid < old.wallet_paid or new.cash_paid < old.cash_paid
     or new.state <> old.state and (old.state, new.state) not in (('proposed', 'approved'), ('approved', 'paid'),
       ('approved', 'acknowledged'), ('paid', 'acknowledged')) then
    raise exception 'payout %: it goes one way, once', old.id using errcode = 'restrict_violation';
  end if;
  if new.state = 'approved' and old.state = 'proposed' and not exists (select 1 from approval_requests
      where kind = 'payout' and subject_id = new.id and state = 'granted') then
    raise exception 'payout %: nobody agreed to it', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger payouts_go_one_way before update on payouts for each row execute function keep_payout();
--;;
create trigger payouts_stay before delete on payouts for each row execute function refuse_deletion();
--;;
-- A turn may change hands until its pot is asked for. After that nothing about it changes.
create function keep_turn() returns trigger language plpgsql as $$
begin
  if exists (select 1 from payouts where cycle_id = old.cycle_id and share_id = old.share_id) then
    raise exception 'turn of %: its pot is given, or about to be', old.share_id using errcode = 'restrict_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if (old.cycle_id, old.share_id) is distinct from (new.cycle_id, new.share_id) then
    raise exception 'turn of %: only its place changes', old.share_id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger turns_of_the_served_stay before update or delete on turns for each row execute function keep_turn();
--;;
create function check_payout_turn() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from turns t join rounds r on r.id = new.round_id and r.cycle_id = t.cycle_id
      join shares s on s.id = t.share_id
      where t.cycle_id = new.cycle_id and t.share_id = new.share_id and s.membership_id = new.membership_id
      and s.state = 'active' and r.state in ('open', 'closed')
      and t.place > (select coalesce(sum(e.payout_count), 0) from rounds e
        where e.cycle_id = r.cycle_id and e.number < r.number)
      and t.place <= (select sum(e.payout_count) from rounds e
        where e.cycle_id = r.cycle_id and e.number <= r.number)) then
    raise exception 'payout %: it is not the turn of this share', new.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger payouts_follow_the_turns before insert on payouts for each row execute function check_payout_turn();
--;;
-- What is expected: of a share for the pot and the guarantee, of a member for the rest.
create table dues (
  id text primary key check (id ~ '^due_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  round_id text,
  membership_id text not null,
  share_id text,
  -- An exit is what a share that was served owes to a member who leaves before being served.
  kind text not null check (kind in ('pot', 'solidarity', 'guarantee', 'fine', 'exit')),
  -- The penalty of a fine, the exit of an exit.
  subject_id text,
  amount bigint not null check (amount > 0),
  -- By the dividend of an auction.
  lowered bigint not null default 0 check (lowered >= 0),
  -- By a waiver that two people approved, or because the debt was covered otherwise.
  forgiven bigint not null default 0 check (forgiven >= 0),
  met bigint not null default 0 check (met >= 0),
  state text not null check (state in ('open', 'late', 'met', 'forgiven')),
  due_at timestamptz not null,
  late_at timestamptz not null check (late_at >= due_at),
  -- When lateness next costs something; null when it costs nothing (more).
  next_fee_at timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  foreign key (round_id, cycle_id) references rounds (id, cycle_id),
  foreign key (share_id, cycle_id) references shares (id, cycle_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (kind not in ('pot', 'guarantee', 'exit') or share_id is not null),
  check (kind not in ('pot', 'solidarity') or round_id is not null),
  check ((kind in ('fine', 'exit')) = (subject_id is not null)),
  -- Nobody pays more than was asked; the rest of a payment is the member's credit.
  check (met + lowered + forgiven <= amount),
  check ((state in ('met', 'forgiven')) = (met + lowered + forgiven = amount)),
  check ((state in ('met', 'forgiven')) = (settled_at is not null))
);
--;;
create unique index dues_pot_once on dues (round_id, share_id) where kind = 'pot';
--;;
create unique index dues_solidarity_once on dues (round_id, membership_id) where kind = 'solidarity';
--;;
create unique index dues_guarantee_once on dues (share_id) where kind = 'guarantee';
--;;
create unique index dues_fine_once on dues (subject_id) where kind = 'fine';
--;;
create unique index dues_exit_once on dues (subject_id, share_id) where kind = 'exit';
--;;
create index dues_of_member on dues (membership_id, due_at, id) where state in ('open', 'late');
--;;
create index dues_of_round on dues (round_id, kind);
--;;
create index dues_of_cycle on dues (cycle_id, membership_id);
--;;
create index dues_to_be_fined on dues (next_fee_at) where next_fee_at is not null;
--;;
create function keep_due() returns trigger language plpgsql as $$
begin
  if (old.id, old.group_id, old.cycle_id, old.kind, old.amount, old.due_at, old.late_at, old.created_at)
     is distinct from
     (new.id, new.group_id, new.cycle_id, new.kind, new.amount, new.due_at, new.late_at, new.created_at)
     or new.round_id is distinct from old.round_id or new.share_id is distinct from old.share_id
     or new.subject_id is distinct from old.subject_id or new.lowered < old.lowered or new.forgiven < old.forgiven then
    raise exception 'due %: what was asked never changes', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger dues_keep_what_was_asked before update on dues for each row execute function keep_due();
--;;
create trigger dues_stay before delete on dues for each row execute function refuse_deletion();
--;;
-- What was paid: from a wallet at once, in cash once somebody else than the declarer has confirmed it.
create table contributions (
  id text primary key check (id ~ '^ctr_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  cycle_id text not null,
  -- For whom, and by whom: they need not be the same.
  membership_id text not null,
  payer_id text not null,
  method text not null check (method in ('wallet', 'cash')),
  -- Who holds the notes.
  keeper_id text,
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  allocated bigint not null default 0 check (allocated >= 0),
  -- What of it was given back, so that it is nobody's credit any more.
  returned bigint not null default 0 check (returned >= 0),
  state text not null check (state in ('declared', 'confirmed', 'refused', 'corrected')),
  declared_by text not null references memberships (id),
  declared_at timestamptz not null,
  confirmed_by text references memberships (id),
  confirmed_at timestamptz,
  refused_reason text,
  corrected_at timestamptz,
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  foreign key (payer_id, group_id) references memberships (id, group_id),
  foreign key (keeper_id, group_id) references memberships (id, group_id),
  check ((method = 'cash') = (keeper_id is not null)),
  check (method = 'cash' or state in ('confirmed', 'corrected')),
  -- Notes that one person saw were seen by nobody.
  check (method = 'wallet' or confirmed_by is null or confirmed_by <> declared_by),
  check ((state in ('declared', 'refused')) = (confirmed_at is null)),
  check ((confirmed_at is null) = (confirmed_by is null)),
  check ((state = 'corrected') = (corrected_at is not null)),
  check (state <> 'refused' or length(trim(refused_reason)) >= 3),
  check (state in ('confirmed', 'corrected') or allocated = 0 and returned = 0),
  check (state <> 'corrected' or allocated = 0 and returned = amount),
  -- Allocations never exceed what came in; the rest is the member's credit.
  check (allocated + returned <= amount)
);
--;;
create index contributions_of_member on contributions (membership_id, id desc);
--;;
create index contributions_of_group on contributions (group_id, id desc);
--;;
create index contributions_declared on contributions (group_id, id) where state = 'declared';
--;;
create index contributions_credit on contributions (membership_id, id)
  where state = 'confirmed' and allocated + returned < amount;
--;;
create function keep_contribution() returns trigger language plpgsql as $$
begin
  if (old.id, old.group_id, old.cycle_id, old.membership_id, old.payer_id, old.method, old.keeper_id, old.currency,
      old.amount, old.declared_by, old.declared_at) is distinct from (new.id, new.group_id, new.cycle_id,
      new.membership_id, new.payer_id, new.method, new.keeper_id, new.currency, new.amount, new.declared_by,
      new.declared_at)
     or new.state <> old.state and (old.state, new.state) not in
        (('declared', 'confirmed'), ('declared', 'refused'), ('confirmed', 'corrected')) then
    raise exception 'contribution %: what was paid never changes', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger contributions_keep_what_was_paid before update on contributions
  for each row execute function keep_contribution();
--;;
create trigger contributions_stay before delete on contributions for each row execute function refuse_deletion();
--;;
-- Which money settled which due. A correction is a second row with the opposite amount.
create table allocations (
  id text primary key check (id ~ '^alc_[0-9a-z]{26}$'),
  contribution_id text not null references contributions (id),
  due_id text not null references dues (id),
  amount bigint not null check (amount <> 0),
  -- Where it went: the fund of the due, or back to the guarantee that had stood in for it.
  fund text not null check (fund in ('pot', 'solidarity', 'guarantee', 'fines')),
  -- Paid just now, or from credit that was there.
  source text not null check (source in ('payment', 'credit', 'reversal')),
  reverses_id text unique references allocations (id),
  at timestamptz not null,
  check ((source = 'reversal') = (amount < 0) and (amount < 0) = (reverses_id is not null))
);
--;;
create index allocations_of_due on allocations (due_id, id);
--;;
create index allocations_of_contribution on allocations (contribution_id, id);
--;;
create trigger allocations_are_history before update or delete on allocations
  for each row execute function refuse_change_of_history();
--;;
-- The sums on both sides follow from the rows, whoever writes them: what exceeds either is refused by their checks.
create function settle_allocation() returns trigger language plpgsql as $$
begin
  update contributions set allocated = allocated + new.amount
    where id = new.contribution_id and state = 'confirmed';
  if not found then
    raise exception 'contribution % was not confirmed', new.contribution_id using errcode = 'restrict_violation';
  end if;
  update dues set met = met + new.amount,
    state = case when met + new.amount + lowered + forgiven = amount then 'met'
      when new.at > late_at then 'late' else 'open' end,
    settled_at = case when met + new.amount + lowered + forgiven = amount then new.at end
    where id = new.due_id;
  return null;
end
$$;
--;;
create trigger allocations_settle after insert on allocations for each row execute function settle_allocation();
--;;
-- Boxes of notes, by who keeps them.
create table cash_boxes (
  group_id text not null,
  keeper_id text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (group_id, keeper_id),
  foreign key (keeper_id, group_id) references memberships (id, group_id)
);
--;;
-- Notes that leave a box: declared by the keeper, confirmed by whoever received them.
create table cash_handouts (
  id text primary key check (id ~ '^hnd_[0-9a-z]{26}$'),
  group_id text not null,
  -- Whose money it is.
  membership_id text not null,
  purpose text not null check (purpose in ('payout', 'guarantee', 'credit', 'refund', 'aid')),
  subject_id text not null,
  -- The fund that pays, in the ledger.
  account_id text not null,
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  state text not null check (state in ('waiting', 'declared', 'confirmed', 'cancelled')),
  keeper_id text,
  created_at timestamptz not null,
  declared_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by text references memberships (id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  foreign key (group_id, keeper_id) references cash_boxes (group_id, keeper_id),
  check ((state in ('declared', 'confirmed')) = (keeper_id is not null and declared_at is not null)),
  check ((state = 'confirmed') = (confirmed_at is not null and confirmed_by is not null)),
  -- The keeper does not witness their own handing over.
  check (confirmed_by is null or confirmed_by <> keeper_id)
);
--;;
create unique index cash_handouts_once on cash_handouts (purpose, subject_id)
  where state in ('waiting', 'declared');
--;;
create index cash_handouts_of_group on cash_handouts (group_id, id) where state in ('waiting', 'declared');
--;;
create function keep_handout() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state in ('confirmed', 'cancelled')
     or (old.id, old.group_id, old.membership_id, old.purpose, old.subject_id, old.account_id, old.currency,
         old.amount, old.created_at) is distinct from (new.id, new.group_id, new.membership_id, new.purpose,
         new.subject_id, new.account_id, new.currency, new.amount, new.created_at) then
    raise exception 'handing over %: what it is never changes, and it ends once', old.id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger cash_handouts_end_once before update or delete on cash_handouts
  for each row execute function keep_handout();
--;;
-- An officer who carries the box pays it in from their own wallet and keeps the notes. A negative amount is the other
-- way round: the officer put notes of their own into the box and was paid by the fund, as others agreed.
create table cash_exchanges (
  id text primary key check (id ~ '^exc_[0-9a-z]{26}$'),
  group_id text not null,
  keeper_id text not null,
  -- The fund whose notes become wallet money, in the ledger.
  account_id text not null,
  currency char(3) not null,
  amount bigint not null check (amount <> 0),
  at timestamptz not null,
  foreign key (group_id, keeper_id) references cash_boxes (group_id, keeper_id)
);
--;;
create trigger cash_exchanges_are_history before update or delete on cash_exchanges
  for each row execute function refuse_change_of_history();
--;;
-- Notes that go from one keeper to another; only the second one's word moves them.
create table cash_handovers (
  id text primary key check (id ~ '^hov_[0-9a-z]{26}$'),
  group_id text not null,
  from_id text not null,
  to_id text not null,
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  state text not null check (state in ('declared', 'confirmed', 'refused')),
  declared_at timestamptz not null,
  ended_at timestamptz,
  foreign key (group_id, from_id) references cash_boxes (group_id, keeper_id),
  foreign key (to_id, group_id) references memberships (id, group_id),
  check (from_id <> to_id),
  check ((state = 'declared') = (ended_at is null))
);
--;;
-- The guarantee fund stands in for what was not paid, and is paid back by whoever owed it.
create table guarantee_advances (
  id text primary key check (id ~ '^adv_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  payout_id text not null references payouts (id),
  wallet_amount bigint not null check (wallet_amount >= 0),
  cash_amount bigint not null check (cash_amount >= 0),
  at timestamptz not null,
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  check (wallet_amount + cash_amount > 0)
);
--;;
create index guarantee_advances_of_cycle on guarantee_advances (cycle_id);
--;;
create trigger guarantee_advances_are_history before update or delete on guarantee_advances
  for each row execute function refuse_change_of_history();
--;;
create table advanced_dues (
  advance_id text not null references guarantee_advances (id),
  due_id text not null references dues (id),
  amount bigint not null check (amount > 0),
  repaid bigint not null default 0 check (repaid >= 0),
  -- What a defaulter's own deposit answered for: it does not come back.
  written_off bigint not null default 0 check (written_off >= 0),
  primary key (advance_id, due_id),
  check (repaid + written_off <= amount)
);
--;;
create index advanced_dues_open on advanced_dues (due_id) where repaid + written_off < amount;
--;;
-- What was kept of a deposit, and what was given back of it at the end.
create table guarantee_returns (
  id text primary key check (id ~ '^gre_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  membership_id text not null,
  share_id text not null,
  paid bigint not null check (paid >= 0),
  kept bigint not null check (kept >= 0),
  wallet_amount bigint not null check (wallet_amount >= 0),
  cash_amount bigint not null check (cash_amount >= 0),
  at timestamptz not null,
  -- A deposit is given back once.
  unique (share_id),
  foreign key (share_id, cycle_id) references shares (id, cycle_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (kept + wallet_amount + cash_amount = paid)
);
--;;
create trigger guarantee_returns_are_history before update or delete on guarantee_returns
  for each row execute function refuse_change_of_history();
--;;
create table penalties (
  id text primary key check (id ~ '^fin_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  round_id text,
  membership_id text not null,
  kind text not null check (kind in ('late', 'absence', 'other')),
  -- What it is a fine for: the due that was late, the meeting that was missed, or itself.
  subject_id text not null,
  -- Counts the days of a fine per day; a fixed one has 1.
  step int not null check (step > 0),
  -- Which tariff: before or after having taken the pot.
  after_pot boolean not null,
  amount bigint not null check (amount > 0),
  reason text,
  -- Null when the by-law did it.
  levied_by text references memberships (id),
  at timestamptz not null,
  -- However often the night comes, one fine for one lateness.
  unique (kind, subject_id, membership_id, step),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (kind <> 'other' or length(trim(reason)) >= 3)
);
--;;
create index penalties_of_group on penalties (group_id, id desc);
--;;
create trigger penalties_are_history before update or delete on penalties
  for each row execute function refuse_change_of_history();
--;;
-- Corrections are seen by everybody: who asked, why, what it undid.
create table corrections (
  id text primary key check (id ~ '^cor_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  contribution_id text not null unique references contributions (id),
  requested_by text not null references memberships (id),
  reason text not null check (length(trim(reason)) >= 3),
  requested_at timestamptz not null,
  done_at timestamptz
);
--;;
-- A draw publishes a hash first and the seed later; in between nothing in its list can change.
create table draws (
  id text primary key check (id ~ '^drw_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  -- The whole order, or the one share that is served at a round.
  scope text not null check (scope in ('order', 'round')),
  round_id text,
  algorithm text not null,
  -- The shares in the order in which they were committed to, as JSON.
  entries jsonb not null,
  commitment text not null check (commitment ~ '^[0-9a-f]{64}$'),
  -- Kept from everybody until the reveal.
  seed text not null check (seed ~ '^[0-9a-f]{64}$'),
  entropy_until timestamptz not null,
  state text not null check (state in ('committed', 'revealed', 'void')),
  result jsonb,
  committed_by text not null references memberships (id),
  committed_at timestamptz not null,
  ended_at timestamptz,
  unique (id, group_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  check ((scope = 'round') = (round_id is not null)),
  check (entropy_until > committed_at),
  check ((state = 'revealed') = (result is not null)),
  check ((state = 'committed') = (ended_at is null)),
  check (state <> 'revealed' or ended_at >= entropy_until)
);
--;;
create unique index draws_one_order on draws (cycle_id) where scope = 'order' and state in ('committed', 'revealed');
--;;
create unique index draws_one_per_round on draws (round_id) where state in ('committed', 'revealed');
--;;
create function keep_draw() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'committed'
     or (old.id, old.group_id, old.cycle_id, old.scope, old.algorithm, old.entries, old.commitment, old.seed,
         old.entropy_until, old.committed_by, old.committed_at) is distinct from (new.id, new.group_id, new.cycle_id,
         new.scope, new.algorithm, new.entries, new.commitment, new.seed, new.entropy_until, new.committed_by,
         new.committed_at) or new.round_id is distinct from old.round_id then
    raise exception 'draw %: nothing in it changes between the commitment and the reveal', old.id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger draws_keep_their_list before update or delete on draws for each row execute function keep_draw();
--;;
-- What a draw was sealed over stays: until it is revealed, and for the order of a cycle until that cycle starts.
create function keep_drawn_shares() returns trigger language plpgsql as $$
declare
  drawn text := case when tg_op = 'DELETE' then old.cycle_id else new.cycle_id end;
begin
  if exists (select 1 from draws d join cycles c on c.id = d.cycle_id where d.cycle_id = drawn
      and (d.state = 'committed' or d.state = 'revealed' and d.scope = 'order' and c.state = 'forming')) then
    raise exception 'cycle %: its list of shares is sealed for a draw', drawn using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
--;;
create trigger shares_stay_as_drawn before insert or delete or update of membership_id, state on shares
  for each row execute function keep_drawn_shares();
--;;
create table draw_entropies (
  draw_id text not null,
  group_id text not null,
  membership_id text not null,
  entropy text not null check (char_length(entropy) between 1 and 100),
  at timestamptz not null,
  primary key (draw_id, membership_id),
  foreign key (draw_id, group_id) references draws (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id)
);
--;;
create function check_entropy() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from draws where id = new.draw_id and state = 'committed' and new.at < entropy_until) then
    raise exception 'draw %: its time for entropy is over', new.draw_id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger draw_entropies_come_in_time before insert on draw_entropies
  for each row execute function check_entropy();
--;;
create trigger draw_entropies_are_history before update or delete on draw_entropies
  for each row execute function refuse_change_of_history();
--;;
create table auctions (
  id text primary key check (id ~ '^auc_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  round_id text not null,
  place int not null check (place > 0),
  kind text not null check (kind in ('discount', 'premium')),
  reserve bigint not null check (reserve >= 0),
  least bigint not null check (least >= 0),
  most bigint not null,
  increment bigint not null check (increment > 0),
  commission_bp int not null check (commission_bp between 0 and 10000),
  closes_at timestamptz not null,
  state text not null check (state in ('open', 'awarded', 'void')),
  opened_by text references memberships (id),
  opened_at timestamptz not null,
  awarded_bid text,
  ended_at timestamptz,
  unique (id, group_id),
  foreign key (round_id, cycle_id) references rounds (id, cycle_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  check (most >= least),
  check (closes_at > opened_at),
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'awarded') = (awarded_bid is not null)),
  check (state <> 'awarded' or ended_at >= closes_at)
);
--;;
create unique index auctions_one_per_pot on auctions (cycle_id, place) where state in ('open', 'awarded');
--;;
create function keep_auction() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'open'
     or (old.id, old.group_id, old.cycle_id, old.round_id, old.place, old.kind, old.reserve, old.least, old.most,
         old.increment, old.commission_bp, old.closes_at, old.opened_at) is distinct from (new.id, new.group_id,
         new.cycle_id, new.round_id, new.place, new.kind, new.reserve, new.least, new.most, new.increment,
         new.commission_bp, new.closes_at, new.opened_at) then
    raise exception 'auction %: its terms never change, and it ends once', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger auctions_end_once before update or delete on auctions for each row execute function keep_auction();
--;;
create table bids (
  id text primary key check (id ~ '^bid_[0-9a-z]{26}$'),
  auction_id text not null,
  group_id text not null,
  share_id text not null references shares (id),
  membership_id text not null,
  amount bigint not null check (amount >= 0),
  at timestamptz not null,
  withdrawn_at timestamptz,
  foreign key (auction_id, group_id) references auctions (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id)
);
--;;
create index bids_of_auction on bids (auction_id, id);
--;;
create unique index bids_no_two_alike on bids (auction_id, share_id, amount);
--;;
create function check_bid() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and not exists (select 1 from auctions a join shares s on s.cycle_id = a.cycle_id
      where a.id = new.auction_id and a.state = 'open' and new.at < a.closes_at and s.id = new.share_id
      and s.membership_id = new.membership_id and s.served_at is null and s.state = 'active'
      and new.amount between a.least and a.most) then
    raise exception 'auction %: this bid comes too late, or is not allowed', new.auction_id
      using errcode = 'restrict_violation';
  end if;
  if tg_op = 'UPDATE' and (old.id, old.auction_id, old.share_id, old.membership_id, old.amount, old.at)
      is distinct from (new.id, new.auction_id, new.share_id, new.membership_id, new.amount, new.at) then
    raise exception 'bid %: what was bid never changes', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger bids_are_in_time before insert or update on bids for each row execute function check_bid();
--;;
create trigger bids_stay before delete on bids for each row execute function refuse_deletion();
--;;
-- A vote on whose turn it is.
create table ballots (
  id text primary key check (id ~ '^bal_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  round_id text not null,
  place int not null check (place > 0),
  secret boolean not null,
  quorum int not null check (quorum > 0),
  closes_at timestamptz not null,
  state text not null check (state in ('open', 'decided', 'void')),
  chosen_share text references shares (id),
  counts jsonb,
  opened_by text references memberships (id),
  opened_at timestamptz not null,
  ended_at timestamptz,
  unique (id, group_id),
  foreign key (round_id, cycle_id) references rounds (id, cycle_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  check (closes_at > opened_at),
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'decided') = (chosen_share is not null and counts is not null))
);
--;;
create unique index ballots_one_decision on ballots (cycle_id, place) where state in ('open', 'decided');
--;;
create function keep_ballot() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'open'
     or (old.id, old.group_id, old.cycle_id, old.round_id, old.place, old.secret, old.quorum, old.closes_at,
         old.opened_at) is distinct from (new.id, new.group_id, new.cycle_id, new.round_id, new.place, new.secret,
         new.quorum, new.closes_at, new.opened_at) then
    raise exception 'ballot %: its terms never change, and it ends once', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger ballots_end_once before update or delete on ballots for each row execute function keep_ballot();
--;;
-- Who asks for the pot at a vote, and why.
create table ballot_candidates (
  ballot_id text not null,
  group_id text not null,
  share_id text not null references shares (id),
  membership_id text not null,
  reason text not null check (length(trim(reason)) >= 3),
  at timestamptz not null,
  primary key (ballot_id, share_id),
  foreign key (ballot_id, group_id) references ballots (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id)
);
--;;
create table ballot_votes (
  ballot_id text not null,
  group_id text not null,
  membership_id text not null,
  share_id text not null,
  at timestamptz not null,
  primary key (ballot_id, membership_id),
  foreign key (ballot_id, group_id) references ballots (id, group_id),
  foreign key (ballot_id, share_id) references ballot_candidates (ballot_id, share_id),
  foreign key (membership_id, group_id) references memberships (id, group_id)
);
--;;
create function check_ballot_vote() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'a voice is given once' using errcode = 'restrict_violation';
  end if;
  if not exists (select 1 from ballots where id = new.ballot_id and state = 'open' and new.at < closes_at) then
    raise exception 'ballot %: it is over', new.ballot_id using errcode = 'restrict_violation';
  end if;
  if exists (select 1 from ballot_candidates where ballot_id = new.ballot_id
      and membership_id = new.membership_id) then
    raise exception 'ballot %: whoever asks for the pot has no voice', new.ballot_id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger ballot_votes_are_checked before insert or update or delete on ballot_votes
  for each row execute function check_ballot_vote();
--;;
-- Two shares change places: both owners say yes.
create table swaps (
  id text primary key check (id ~ '^swp_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  share_a text not null,
  share_b text not null,
  requested_by text not null references memberships (id),
  requested_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > requested_at),
  consent_a_at timestamptz,
  consent_b_at timestamptz,
  state text not null check (state in ('asked', 'done', 'refused', 'lapsed')),
  ended_at timestamptz,
  foreign key (share_a, cycle_id) references shares (id, cycle_id),
  foreign key (share_b, cycle_id) references shares (id, cycle_id),
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  check (share_a <> share_b),
  check ((state = 'asked') = (ended_at is null)),
  check (state <> 'done' or consent_a_at is not null and consent_b_at is not null)
);
--;;
create index swaps_of_cycle on swaps (cycle_id, id desc);
--;;
-- Somebody takes a share over, with all its rights and all its debts.
create table substitutions (
  id text primary key check (id ~ '^sub_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  share_id text not null,
  from_id text not null,
  to_id text not null,
  -- What the newcomer gives the one who leaves, for what was paid so far.
  price bigint not null check (price >= 0),
  requested_by text not null references memberships (id),
  requested_at timestamptz not null,
  consent_from_at timestamptz,
  consent_to_at timestamptz,
  state text not null check (state in ('asked', 'done', 'refused', 'lapsed')),
  ended_at timestamptz,
  foreign key (share_id, cycle_id) references shares (id, cycle_id),
  foreign key (from_id, group_id) references memberships (id, group_id),
  foreign key (to_id, group_id) references memberships (id, group_id),
  check (from_id <> to_id),
  check ((state = 'asked') = (ended_at is null)),
  check (state <> 'done' or consent_from_at is not null and consent_to_at is not null)
);
--;;
create unique index substitutions_one_open on substitutions (share_id) where state = 'asked';
--;;
-- A member leaves before being served: what was paid comes back from those who were.
create table exits (
  id text primary key check (id ~ '^exi_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  membership_id text not null,
  after_round int not null check (after_round >= 0),
  refund bigint not null check (refund >= 0),
  refunded_wallet bigint not null default 0 check (refunded_wallet >= 0),
  refunded_cash bigint not null default 0 check (refunded_cash >= 0),
  plan jsonb not null,
  reason text not null check (length(trim(reason)) >= 3),
  state text not null check (state in ('asked', 'approved', 'settled', 'refused')),
  asked_at timestamptz not null,
  approved_at timestamptz,
  ended_at timestamptz,
  foreign key (cycle_id, group_id) references cycles (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (refunded_wallet + refunded_cash <= refund),
  check (state <> 'settled' or refunded_wallet + refunded_cash = refund),
  check ((state in ('settled', 'refused')) = (ended_at is not null))
);
--;;
create unique index exits_one_open on exits (cycle_id, membership_id) where state in ('asked', 'approved');
--;;
-- A member who was served stops paying: the debt is what those who come later have a claim to.
create table defaults (
  id text primary key check (id ~ '^def_[0-9a-z]{26}$'),
  group_id text not null,
  cycle_id text not null,
  share_id text not null,
  membership_id text not null,
  debt bigint not null check (debt > 0),
  covered bigint not null default 0 check (covered >= 0),
  recovered bigint not null default 0 check (recovered >= 0),
  declared_by text not null references memberships (id),
  reason text not null check (length(trim(reason)) >= 3),
  declared_at timestamptz not null,
  settled_at timestamptz,
  -- A defaulter is charged once.
  unique (share_id),
  foreign key (share_id, cycle_id) references shares (id, cycle_id),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (covered <= debt and recovered <= debt)
);
--;;
create table default_claims (
  default_id text not null references defaults (id),
  -- The share whose pot lacks it.
  share_id text not null references shares (id),
  amount bigint not null check (amount > 0),
  covered bigint not null default 0 check (covered >= 0),
  primary key (default_id, share_id),
  check (covered <= amount)
);
--;;
create table default_covers (
  id text primary key check (id ~ '^cov_[0-9a-z]{26}$'),
  default_id text not null references defaults (id),
  source text not null check (source in ('deposit', 'guarantor', 'guarantee', 'pro-rata', 'defaulter')),
  payer_id text references memberships (id),
  amount bigint not null check (amount > 0),
  at timestamptz not null
);
--;;
create trigger default_covers_are_history before update or delete on default_covers
  for each row execute function refuse_change_of_history();
--;;
-- Somebody answers for a share.
create table guarantors (
  cycle_id text not null,
  share_id text not null,
  group_id text not null,
  membership_id text not null,
  agreed_at timestamptz not null,
  ended_at timestamptz,
  primary key (share_id, membership_id),
  foreign key (share_id, cycle_id) references shares (id, cycle_id),
  foreign key (membership_id, group_id) references memberships (id, group_id)
);
--;;
-- A request on the solidarity fund.
create table aid_claims (
  id text primary key check (id ~ '^aid_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  cycle_id text,
  membership_id text not null,
  event text not null check (event ~ '^[a-z-]+$'),
  -- Whom it happened to, so that one event is helped once.
  about text not null check (char_length(about) between 1 and 100),
  happened_on date not null,
  currency char(3) not null,
  amount bigint not null check (amount > 0),
  proof text,
  wallet_paid bigint not null default 0 check (wallet_paid >= 0),
  cash_waiting bigint not null default 0 check (cash_waiting >= 0),
  cash_paid bigint not null default 0 check (cash_paid >= 0),
  state text not null check (state in ('asked', 'granted', 'paid', 'refused')),
  asked_by text not null references memberships (id),
  asked_at timestamptz not null,
  ended_at timestamptz,
  unique (group_id, membership_id, event, about, happened_on),
  foreign key (membership_id, group_id) references memberships (id, group_id),
  check (wallet_paid + cash_paid + cash_waiting <= amount),
  check (state in ('granted', 'paid') or wallet_paid + cash_paid + cash_waiting = 0),
  check (state <> 'paid' or wallet_paid + cash_paid = amount),
  check ((state in ('paid', 'refused')) = (ended_at is not null))
);
--;;
create index aid_claims_of_group on aid_claims (group_id, id desc);
--;;
create table meetings (
  id text primary key check (id ~ '^mtg_[0-9a-z]{26}$'),
  group_id text not null references groups (id),
  cycle_id text,
  round_id text,
  held_on date not null,
  venue text,
  opened_by text not null references memberships (id),
  opened_at timestamptz not null,
  closed_by text references memberships (id),
  closed_at timestamptz check (closed_at >= opened_at),
  -- What was decided, in words, and the figures at the closing.
  decisions text,
  totals jsonb,
  unique (id, group_id),
  check ((closed_at is null) = (closed_by is null)),
  check ((closed_at is null) = (totals is null))
);
--;;
create unique index meetings_one_open on meetings (group_id) where closed_at is null;
--;;
create function keep_meeting() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.closed_at is not null
     or (old.id, old.group_id, old.held_on, old.opened_by, old.opened_at) is distinct from
        (new.id, new.group_id, new.held_on, new.opened_by, new.opened_at) then
    raise exception 'meeting %: closed is closed', old.id using errcode = 'restrict_violation';
  end if;
  if new.closed_at is not null and exists (select 1 from cash_counts c where c.meeting_id = new.id
      and (c.counted is null or c.counted <> c.expected and c.explained_by_request is null)) then
    raise exception 'meeting %: a box does not agree with the books', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--;;
create trigger meetings_close_once before update or delete on meetings for each row execute function keep_meeting();
--;;
create table presences (
  meeting_id text not null,
  group_id text not null,
  membership_id text not null,
  presence text not null check (presence in ('present', 'excused', 'represented', 'absent')),
  noted_by text not null references memberships (id),
  at timestamptz not null,
  primary key (meeting_id, membership_id),
  foreign key (meeting_id, group_id) references meetings (id, group_id),
  foreign key (membership_id, group_id) references memberships (id, group_id)
);
--;;
-- What a box should hold and what was counted in it.
create table cash_counts (
  meeting_id text not null,
  group_id text not null,
  keeper_id text not null,
  opening bigint not null check (opening >= 0),
  came_in bigint check (came_in >= 0),
  went_out bigint check (went_out >= 0),
  expected bigint check (expected >= 0),
  counted bigint check (counted >= 0),
  counted_by text references memberships (id),
  counted_at timestamptz,
  explanation text,
  -- The request by which two people agreed to the difference.
  explained_by_request text references approval_requests (id),
  primary key (meeting_id, keeper_id),
  foreign key (meeting_id, group_id) references meetings (id, group_id),
  foreign key (group_id, keeper_id) references cash_boxes (group_id, keeper_id),
  check (expected is null or expected = opening + came_in - went_out),
  check ((counted is null) = (counted_at is null and counted_by is null)),
  check (counted is null or expected is not null),
  check (explained_by_request is null or length(trim(explanation)) >= 3)
);
