/**
 * Opens the simulated provider beside the product instead of inside it, as the real one stands: when the product dies,
 * the provider goes on, has its own books, and calls back at a door that nobody answers.
 */
import { seededChance } from '../../src/ground/chance.ts';
import { type Simulator, startSimulator } from '../../src/rails/simulator/server.ts';
import { type ForwardClock, forwardClock } from './forward-clock.ts';
import { WEBHOOK_SECRET } from './world.ts';

export interface OutsideProvider {
  readonly simulator: Simulator;
  /** Whoever puts the product's clock forward puts this one forward as well: signatures carry the time. */
  readonly clock: ForwardClock;
  /** What the product must be told to find it and to be found by it. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Long enough for a product to die while it waits for the answer, short enough for a story. */
const SLOW_ANSWER_MS = 700;

/** `productPort` is where the product will listen, each time that it is started. */
export async function openOutsideProvider(productPort: number): Promise<OutsideProvider> {
  const clock = forwardClock();
  const keys = {
    publicKey: 'sim_pk_of_a_story',
    secretKey: 'sim_sk_of_a_story',
    webhookSecret: WEBHOOK_SECRET,
  };
  const simulator = await startSimulator({
    ...keys,
    port: 0,
    clock,
    chance: seededChance('outside provider'),
    webhookRecipe: 'timestamp.body',
    dashboardUrl: `http://localhost:${productPort}/webhook/getmipay/`,
    slowAnswer_ms: SLOW_ANSWER_MS,
  });
  return {
    simulator,
    clock,
    variables: {
      PORT: String(productPort),
      GETMIPAY_API_URL: `${simulator.url}/api/v1`,
      GETMIPAY_API_KEY: keys.publicKey,
      GETMIPAY_SECRET_KEY: keys.secretKey,
      GETMIPAY_WEBHOOK_SECRET: keys.webhookSecret,
    },
  };
}
