/**
 * Reads the commands out of the guides, and says who answers for those that their story does not run itself.
 */
import { listPaths, readText } from '../../tidy/sources.ts';

export interface Elsewhere {
  /** The test, or the program of the pipeline, that does it; absent where nothing here can. */
  readonly by?: string;
  /** Words in that file by which it does. */
  readonly proof: string;
}

const needsEngine = { by: 'tidy/deploy.test.ts', proof: 'docker' } as const;
const needsSystemd = { by: 'tidy/deploy.test.ts', proof: 'tontine-web@.service' } as const;
const needsRoot = {
  proof: 'changes the machine as root: followed by hand, and its files are read by tidy/deploy.test.ts',
};
const simulator = { by: 'faults/universes.test.ts', proof: 'universe' } as const;

/** Minutes long: one cell of it stands for the others. */
const measured = { by: 'stories/benchmark.story.ts', proof: 'bench/bench.ts' } as const;

export const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  'npm ci': { by: '.ci/run', proof: 'npm ci' },
  'npm test': { by: '.ci/run', proof: 'npm test' },
  'npm start': { by: 'stories/newcomer.story.ts', proof: 'startProcess' },
  'npm run build': { by: 'package.json', proof: '"test": "npm run --silent build' },
  'npm run doctor': { by: 'stories/setup.story.ts', proof: "runProgram('doctor'" },
  'npm run setup -- --test': { by: 'stories/setup.story.ts', proof: "runProgram('setup', ['--test']" },
  'npm run setup -- --test --real-amount 100 --payer NUMBER --method wave': {
    by: 'stories/setup.story.ts',
    proof: '--real-amount=100',
  },
  'npm run seed -- --payments 100000': { by: 'stories/console-plans.story.ts', proof: 'seed' },
  'npm run simulate -- --seeds 1000': simulator,
  'npm run simulate -- --seeds 1 --from 4711': simulator,
  'npm run simulate -- --sabotage': { by: 'faults/sabotage.test.ts', proof: 'sabotage' },
  'npm run bench -- --quick': measured,
  'npm run load -- evening': measured,
  'npm run person -- --phone NUMBER --erase --by NUMBER --reason TEXT': {
    by: 'stories/at-rest.story.ts',
    proof: "'--erase', '--by'",
  },
  'docker compose up -d --build': needsEngine,
  'docker compose exec web1 node dist/channels/cli/setup.js --test': needsEngine,
  'docker compose exec backup node dist/channels/cli/doctor.js': needsEngine,
  'docker compose build': needsEngine,
  'docker compose run --rm migrate': needsEngine,
  'docker compose up -d --no-deps web1': needsEngine,
  'systemctl daemon-reload': needsSystemd,
  'systemctl enable --now tontine-web@3000 tontine-web@3002 tontine-worker': needsSystemd,
  'systemctl restart caddy': needsSystemd,
  'systemctl edit caddy': needsSystemd,
  'systemctl restart tontine-web@3000': needsSystemd,
  'cp deploy/systemd/tontine-web@.service deploy/systemd/tontine-worker.service /etc/systemd/system/':
    needsSystemd,
  'cp deploy/systemd/Caddyfile /etc/caddy/Caddyfile': needsSystemd,
  'apt install postgresql caddy nodejs npm git': needsRoot,
  'adduser --system --group --home /opt/tontine tontine': needsRoot,
  'sudo -u postgres createuser tontine': needsRoot,
  'sudo -u postgres createdb --owner tontine tontine': needsRoot,
  'cd /opt/tontine': needsRoot,
  'mkdir -p /etc/tontine': needsRoot,
  'chown tontine /etc/tontine': needsRoot,
  "alter role tontine password '…'": needsRoot,
  'pg_basebackup --write-recovery-conf': {
    proof: 'the embedded server has no such program: stories/failover.story.ts copies the files as it would',
  },
  'pg_basebackup --pgdata=/var/backups/base --checkpoint=fast --wal-method=none': {
    by: 'src/ground/backup/point-in-time.test.ts',
    proof: 'What `pg_basebackup` does',
  },
  'select pg_promote();': { by: 'src/ground/testing/postgres-pair.ts', proof: 'select pg_promote(' },
};

/** Words in capitals that a reader replaces, in both languages. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  NUMÉRO: 'NUMBER',
  FICHIER: 'FILE',
  TEXTE: 'TEXT',
  BASE: 'DATABASE',
  RAISON: 'TEXT',
  POURQUOI: 'WHY',
};
const COMMAND =
  /^(?:npm|npx|docker|systemctl|apt|adduser|sudo|cd|mkdir|chown|chmod|cp|psql|pg_\w+|select|alter) /;

/**
 * Every command of every guide once, sorted; several on one line are several. The page of measurements is no guide: its
 * commands take minutes to hours, and are for whoever measures.
 */
export function guideCommands(): string[] {
  const guides = listPaths().filter((path) =>
    /^(README(\.fr)?\.md|docs\/(?!decisions\/|PERFORMANCE).*\.md)$/.test(path),
  );
  const found = guides.flatMap((path) => commandsIn(readText(path)));
  return [...new Set(found)].toSorted((a, b) => (a < b ? -1 : 1));
}

export function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```$/gm)].flatMap(([, body = '']) =>
    body.split('\n'),
  );
  const inline = [...text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, body = '']) => body,
  );
  return (
    [...blocks, ...inline]
      .map((line) => line.replace(/ +# .*$/, '').trim())
      // A setting may have a command in it, which is its reader's and not ours.
      .filter((line) => COMMAND.test(line))
      .flatMap((line) => line.split(' && '))
      .map((line) => line.replace(/^sudo -u tontine /, ''))
      .filter((line) => COMMAND.test(line))
      .map((line) => line.replaceAll(/[A-ZÉ]{4,}/g, (word) => PLACEHOLDERS[word] ?? word))
  );
}
