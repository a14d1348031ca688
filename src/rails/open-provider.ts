/**
 * Opens the payment provider that the configuration names: GetMiPay, or its simulator when none is named.
 *
 * The simulator is a real server on its own port, reached over HTTP like the real thing; only its keys are made up
 * here, from the installation's own secret, so that none stands in a file.
 */
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { Ground } from '../ground/ground.ts';
import type { Provider } from './provider.ts';
import {
  completeConfiguration,
  type GetmipayChoices,
  type GetmipayConfiguration,
} from './providers/getmipay/configuration.ts';
import { openGetmipay } from './providers/getmipay/getmipay.ts';
import type { RailsSettings } from './settings.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator/server.ts';

export interface OpenProvider {
  readonly provider: Provider;
  /** With what it was opened, for whoever examines the connection itself. */
  readonly configuration: GetmipayConfiguration;
  /** The simulated provider, when it is this process that runs it. */
  readonly simulator?: Simulator;
  close(): Promise<void>;
}

export interface SimulatorHome {
  readonly secret: string;
  readonly dataFolder: string;
  readonly onError: (error: unknown) => void;
  /** Where the simulator sends callbacks of payments that name no address: pay-outs have none of their own. */
  readonly dashboardUrl?: string;
}

export async function openProvider(
  settings: RailsSettings,
  ground: Pick<Ground, 'clock' | 'chance'>,
  home: SimulatorHome,
): Promise<OpenProvider> {
  if (settings.GETMIPAY_API_URL === undefined) return await openSimulated(settings, ground, home);
  const configuration = completeConfiguration(choicesOf(settings, settings.GETMIPAY_API_URL));
  return {
    provider: openGetmipay(configuration, ground.clock),
    configuration,
    close: async () => undefined,
  };
}

async function openSimulated(
  settings: RailsSettings,
  ground: Pick<Ground, 'clock' | 'chance'>,
  home: SimulatorHome,
): Promise<OpenProvider> {
  const made = (purpose: string): string =>
    createHmac('sha256', home.secret).update(`simulator ${purpose}`).digest('hex');
  const keys = {
    publicKey: settings.GETMIPAY_API_KEY ?? `sim_pk_${made('public').slice(0, 24)}`,
    secretKey: settings.GETMIPAY_SECRET_KEY ?? `sim_sk_${made('secret').slice(0, 24)}`,
    webhookSecret: settings.GETMIPAY_WEBHOOK_SECRET ?? made('webhook'),
  };
  const simulator = await startUnlessRunning(settings.SIMULATOR_PORT, {
    clock: ground.clock,
    chance: ground.chance,
    ...keys,
    webhookRecipe: settings.GETMIPAY_WEBHOOK_RECIPE,
    booksFile: join(home.dataFolder, 'simulator-books.jsonl'),
    ...(home.dashboardUrl === undefined ? {} : { dashboardUrl: home.dashboardUrl }),
    onError: home.onError,
  });
  const url = simulator?.url ?? `http://127.0.0.1:${settings.SIMULATOR_PORT}`;
  const configuration = completeConfiguration({ ...choicesOf(settings, `${url}/api/v1`), ...keys });
  return {
    provider: openGetmipay(configuration, ground.clock),
    configuration,
    ...(simulator === undefined ? {} : { simulator }),
    close: async () => await simulator?.close(),
  };
}

/** With several processes on one machine the first one runs the simulator, and the others talk to it. */
async function startUnlessRunning(
  port: number,
  options: Omit<SimulatorOptions, 'port'>,
): Promise<Simulator | undefined> {
  try {
    return await startSimulator({ ...options, port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

function choicesOf(settings: RailsSettings, apiUrl: string): GetmipayChoices {
  const previous = settings.GETMIPAY_WEBHOOK_SECRET_PREVIOUS;
  return {
    apiUrl,
    publicKey: settings.GETMIPAY_API_KEY ?? '',
    secretKey: settings.GETMIPAY_SECRET_KEY ?? '',
    environment: settings.GETMIPAY_ENVIRONMENT,
    generation: settings.GETMIPAY_GENERATION,
    webhookRecipe: settings.GETMIPAY_WEBHOOK_RECIPE,
    webhookTolerance_s: settings.GETMIPAY_WEBHOOK_TOLERANCE_S,
    totalTimeout_ms: settings.GETMIPAY_TIMEOUT_S * 1000,
    connectTimeout_ms: Math.min(5, settings.GETMIPAY_TIMEOUT_S) * 1000,
    feeBasisPoints: Math.round(settings.GETMIPAY_FEE_PERCENT * 100),
    paths: {
      ...(settings.GETMIPAY_PAYIN_PATH === undefined ? {} : { payin: settings.GETMIPAY_PAYIN_PATH }),
      ...(settings.GETMIPAY_STATUS_PATH === undefined ? {} : { status: settings.GETMIPAY_STATUS_PATH }),
    },
    ...(settings.GETMIPAY_WEBHOOK_SECRET === undefined
      ? {}
      : { webhookSecret: settings.GETMIPAY_WEBHOOK_SECRET }),
    ...(previous === undefined ? {} : { previousWebhookSecret: previous }),
  };
}
