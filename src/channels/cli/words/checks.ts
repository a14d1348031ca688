/**
 * Has every text of checks in both languages.
 */
import { EN_CHECKS } from './en-checks.ts';
import { FR_CHECKS } from './fr-checks.ts';
import { inBoth } from './said.ts';

export const CHECKS = inBoth(FR_CHECKS, EN_CHECKS);
