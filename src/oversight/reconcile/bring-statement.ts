/**
 * Reads a provider's statement in, in an operator's name.
 *
 * Refuses: console-not-permitted, and what `import-statement.ts` refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import type { Rails } from '../../rails/rails.ts';
import { type Imported, importStatement } from '../../rails/statements/import-statement.ts';
import { actAs } from '../audit/act-as.ts';
import type { Operator } from '../operator.ts';

export async function bringStatement(
  tx: Tx,
  ground: Ground,
  rails: Rails,
  file: { readonly by: Operator; readonly fileName: string; readonly bytes: Uint8Array },
): Promise<Answer<Imported>> {
  const { by, fileName, bytes } = file;
  return await actAs(tx, ground, by, {
    needs: 'reconcile',
    run: async () => {
      const { name: provider, environment } = rails.provider;
      const imported = await importStatement(tx, ground, {
        provider,
        environment,
        fileName,
        bytes,
        by: by.personId,
      });
      if (!imported.ok) return imported;
      const { statementId, added, known } = imported.value;
      return accepted({
        value: imported.value,
        entry: {
          act: 'statement.imported',
          subjectId: statementId,
          after: { file: fileName, added: String(added), known: String(known) },
        },
      });
    },
  });
}
