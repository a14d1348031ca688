/**
 * Starts the product as a process: reads the environment, says what a newcomer needs to know, and ends tidily.
 *
 * One process may serve pages, work on jobs, or both (`ROLE`); any number of each may run on one PostgreSQL, because
 * no process keeps anything that another needs.
 */
import closeWithGrace from 'close-with-grace';
import { readAllSettings } from './channels/boot-checks.ts';
import { announce } from './channels/cli/announce.ts';
import { ConfigurationError } from './ground/configuration.ts';
import { Hindrance } from './ground/refusal.ts';
import { startProduct } from './product.ts';

/**
 * A call to the provider may take half a minute, and an answer that dies with its process goes to two people: what is
 * under way is waited for. An idle process ends at once.
 */
const LONGEST_END_MS = 50_000;

async function main(variables: NodeJS.ProcessEnv): Promise<void> {
  const product = await startProduct(readAllSettings(variables));
  closeWithGrace({ delay: LONGEST_END_MS }, async ({ err }) => {
    if (err) product.log.fatal({ err }, 'stopping because of an error');
    await product.close();
  });
  announce({
    publicUrl: product.publicUrl,
    engine: product.engine,
    role: product.settings.ground.ROLE,
    people: product.people,
    simulatorUrl: product.simulator?.url,
  });
}

try {
  await main(process.env);
} catch (error) {
  // What the operator can mend is a sentence; what is ours to mend keeps its trace.
  process.stderr.write(`${sentenceFor(error)}\n`);
  process.exit(1);
}

function sentenceFor(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof Hindrance) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is in use by another program. Stop it, or set PORT (the simulator: SIMULATOR_PORT) to another one.`;
  }
  return error.stack ?? error.message;
}
