/**
 * Has every text of `npm run setup` in both languages.
 */
import { EN_SETUP } from './en-setup.ts';
import { FR_SETUP } from './fr-setup.ts';
import { inBoth } from './said.ts';

export const SETUP = inBoth(FR_SETUP, EN_SETUP);
