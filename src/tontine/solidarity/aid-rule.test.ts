import { expect, test } from 'vitest';
import { calendarDay } from '../cycles/calendar-day.ts';
import { type Rules, USUAL_RULES } from '../groups/rules.ts';
import { aidFor } from './aid-rule.ts';

const rules: Rules = {
  ...USUAL_RULES,
  solidarity: {
    contribution: 1_000n,
    events: [
      { kind: 'death-of-relative', amount: 60_000n, afterMonths: 0 },
      { kind: 'birth', amount: 15_000n, afterMonths: 6 },
    ],
  },
};

const judge = (event: string, joinedOn: string, happenedOn: string, today = '2026-12-31'): unknown => {
  const answer = aidFor(rules, {
    event,
    joinedOn: calendarDay(joinedOn),
    happenedOn: calendarDay(happenedOn),
    today: calendarDay(today),
  });
  return answer.ok ? answer.value : answer.refusal.code;
};

test.each([
  ['a birth after six months', 'birth', '2026-01-05', '2026-07-05', 15_000n],
  ['the day before', 'birth', '2026-01-05', '2026-07-04', 'aid-too-early'],
  ['a member of two months', 'birth', '2026-05-05', '2026-07-05', 'aid-too-early'],
  ['a short month', 'birth', '2025-08-31', '2026-02-28', 15_000n],
  ['no delay', 'death-of-relative', '2026-01-05', '2026-01-05', 60_000n],
  ['before joining', 'death-of-relative', '2026-01-05', '2026-01-04', 'aid-too-early'],
  ['an unknown event', 'wedding', '2026-01-05', '2026-07-05', 'aid-event-unknown'],
])('%s', (_name, event, joinedOn, happenedOn, outcome) => {
  expect(judge(event, joinedOn, happenedOn)).toBe(outcome);
});

test('what has not happened is not helped', () => {
  expect(judge('birth', '2025-01-05', '2026-07-05', '2026-07-04')).toBe('aid-in-future');
});

test('the refusal names the article and the day', () => {
  const answer = aidFor(rules, {
    event: 'birth',
    joinedOn: calendarDay('2026-05-05'),
    happenedOn: calendarDay('2026-07-05'),
    today: calendarDay('2026-07-06'),
  });
  expect(answer.ok ? '' : answer.refusal.fr).toContain('Article 8.2 du règlement');
  expect(answer.ok ? '' : answer.refusal.en).toContain('Article 8.2 of the by-law');
  expect(answer.ok ? '' : answer.refusal.en).toContain('2026-11-05');
});
