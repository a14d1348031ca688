/**
 * Has every text of the command line in both languages, setup's questions aside.
 */
import { EN_COMMANDS } from './en-commands.ts';
import { FR_COMMANDS } from './fr-commands.ts';
import { inBoth } from './said.ts';

export const COMMANDS = inBoth(FR_COMMANDS, EN_COMMANDS);
