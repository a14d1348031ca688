-- When the heads of the chains were last published outside. The heads are not here: a database cannot convict itself.

create table head_publications (
  -- A folder or a bucket, never a credential.
  place text primary key,
  begun_at timestamptz not null,
  published_at timestamptz
);
--;;
insert into alert_rules (rule, threshold, cooldown_min, enabled, severity) values
  ('head-differs', 0, 60, true, 'page'),
  ('head-old', 120, 720, true, 'notice');
