/**
 * Hands the vault along with the database: whoever may read a row can also open what is sealed in it.
 *
 * Handed to each act it would stand in three hundred signatures that have no other business with keys. Kysely carries
 * plugins from a database to its transactions; this one changes no statement and no answer, it is only carried.
 */
import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs } from 'kysely';
import type { Reader } from '../postgres/database.ts';
import { invariant } from '../refusal.ts';
import type { Vault } from './vault.ts';

export class VaultPlugin implements KyselyPlugin {
  readonly #open: () => Vault;
  #vault: Vault | undefined;

  /** `open` is called when something sealed is met first: a program that meets nothing needs no key. */
  constructor(open: () => Vault) {
    this.#open = open;
  }

  get vault(): Vault {
    this.#vault ??= this.#open();
    return this.#vault;
  }

  transformQuery({ node }: PluginTransformQueryArgs): PluginTransformQueryArgs['node'] {
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<PluginTransformResultArgs['result']> {
    return result;
  }
}

export function vaultOf(reader: Reader): Vault {
  for (const plugin of reader.getExecutor().plugins) {
    if (plugin instanceof VaultPlugin) return plugin.vault;
  }
  invariant(false, 'this database was opened without its seal keys');
}
