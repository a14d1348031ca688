/**
 * Serves: reads the environment, starts the product, says what a newcomer needs to know, and ends tidily.
 *
 * One process may serve pages, work on jobs, or both (`ROLE`); any number of each may run on one PostgreSQL, because
 * no process keeps anything that another needs.
 */
import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import { readAllSettings } from './channels/boot-checks.ts';
import { announce } from './channels/cli/announce.ts';
import { runCommand, type Terminal } from './channels/cli/run-command.ts';
import { COMMANDS } from './channels/cli/words/commands.ts';
import { startProduct } from './product.ts';

/**
 * A call to the provider may take half a minute, and an answer that dies with its process goes to two people: what is
 * under way is waited for. An idle process ends at once.
 */
const LONGEST_END_MS = 50_000;

async function main({ language, args }: Terminal): Promise<'serving'> {
  parseArgs({ args, options: {} });
  const product = await startProduct(readAllSettings(process.env));
  closeWithGrace({ delay: LONGEST_END_MS }, async ({ err }) => {
    if (err) product.log.fatal({ err }, 'stopping because of an error');
    await product.close();
  });
  const { publicUrl, engine, people } = product;
  const role = product.settings.ground.ROLE;
  announce({ publicUrl, engine, role, people, simulatorUrl: product.simulator?.url }, language);
  return 'serving';
}

await runCommand(COMMANDS.start.usage, main);
