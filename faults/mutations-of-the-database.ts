/**
 * Lists what the database keeps by itself beside the rows that it is told; the other protections are in `mutations.ts`.
 *
 * The checks of tables are not here: the functions before them refuse the same, so their absence alone harms nobody. What
 * only the database does is here.
 */
import type { Mutation } from './mutation.ts';

export const MUTATIONS_OF_THE_DATABASE: readonly Mutation[] = [
  {
    name: 'what is open stands where the due are sought',
    changes: [],
    damage: 'drop trigger payments_not_succeeded_change on payments',
  },
  {
    name: 'a payment begins among those that are open',
    changes: [],
    damage: 'drop trigger payments_not_succeeded_begin on payments',
  },
  {
    name: 'a line leads to the line before it',
    changes: [],
    damage: `create function pass_over() returns trigger language plpgsql as $$
      begin
        select t.credit_previous into new.credit_previous from transfers t where t.id = new.credit_previous;
        new.credit_previous := coalesce(new.credit_previous, '00000000-0000-0000-0000-000000000000');
        return new;
      end $$;
      create trigger lines_are_passed_over before insert on transfers for each row
        when (new.kind in ('single', 'post')) execute function pass_over()`,
  },
];
