import { expect, test } from 'vitest';
import { type OperatorHint, operatorHint } from './operator-hint.ts';
import { storedPhone } from './phone-number.ts';

test.each<[string, OperatorHint | undefined, string]>([
  ['+2250707070707', 'orange', 'CI 07'],
  ['+2250505050505', 'mtn', 'CI 05'],
  ['+2250101010101', 'moov', 'CI 01'],
  ['+2252721234567', undefined, 'CI fixed line'],
  ['+221771234567', 'orange', 'SN 77'],
  ['+221761234567', 'other', 'SN 76'],
  ['+2290153000000', 'mtn', 'BJ 0150-0154, inside the range'],
  ['+2290155000000', 'moov', 'BJ 0155, just after it'],
  ['+2290197979797', 'mtn', 'BJ 0197'],
  ['+2290140000000', 'other', 'BJ 0140'],
  ['+2290170000000', undefined, 'BJ 0170'],
  ['+22890909090', 'other', 'TG 90'],
  ['+22896000000', 'moov', 'TG 96'],
  ['+22603000000', 'moov', 'BF 03: the leading zero of a range is kept'],
  ['+22607000000', 'orange', 'BF 07'],
  ['+22376767676', 'orange', 'ML 7'],
  ['+22320012345', 'orange', 'ML 200'],
  ['+22320791234', 'moov', 'ML 2079'],
  ['+22389000000', 'moov', 'ML 89'],
  ['+22794000000', 'moov', 'NE 94'],
  ['+22796969696', 'other', 'NE 96'],
  ['+224622223344', 'orange', 'GN 62'],
  ['+224662223344', 'mtn', 'GN 66'],
  ['+237677777777', 'mtn', 'CM 67'],
  ['+237691234567', 'orange', 'CM 69'],
  ['+237684123456', 'other', 'CM 684 beside 680-683'],
])('%s looks like %s (%s)', (e164, hint) => {
  expect(operatorHint(storedPhone(e164))).toBe(hint);
});
