/**
 * Reads the files that deploy the product as a container engine or systemd would, since neither runs here: every path,
 * command and name in them must exist, nothing runs as root, nothing may be written that need not be, no secret stands
 * in them.
 */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { channelSettings } from '../src/channels/settings.ts';
import { groundSettings } from '../src/ground/configuration.ts';
import { FIGURES } from '../src/oversight/figures/figure.ts';
import { railsSettings } from '../src/rails/settings.ts';
import { listPaths, readText } from './sources.ts';

const paths = listPaths();
const exists = (path: string): boolean =>
  paths.includes(path) || paths.some((other) => other.startsWith(`${path}/`));
const VARIABLES = new Set(
  Object.keys({ ...groundSettings.shape, ...railsSettings.shape, ...channelSettings.shape }),
);

/** The sources of programs such as `dist/main.js` that are not there. */
function missingPrograms(text: string): string[] {
  return [...text.matchAll(/dist\/([\w/.-]+)\.js/g)]
    .map((found) => `src/${found[1]}.ts`)
    .filter((path) => !exists(path));
}

const composeShape = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      user: z.string().optional(),
      read_only: z.boolean().optional(),
      cap_drop: z.array(z.string()).optional(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      restart: z.string(),
      stop_grace_period: z.string().optional(),
      depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
});

const composeText = readText('compose.yaml');
const compose = composeShape.parse(parse(composeText, { merge: true }));
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'tontine-pro');

test('the composition has a database, two web processes, a worker, one that makes backups, and https', () => {
  expect(Object.keys(compose.services).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'backup',
    'caddy',
    'db',
    'migrate',
    'web1',
    'web2',
    'worker',
  ]);
  const roleOf = (name: string) => compose.services[name]?.environment?.ROLE;
  expect([roleOf('web1'), roleOf('web2'), roleOf('worker'), roleOf('backup')]).toEqual([
    'web',
    'web',
    'worker',
    'worker',
  ]);
});

test('no process of ours is root, writes where it need not, or has rights that it does not use', () => {
  for (const [name, unit] of ours) {
    expect([name, unit.user, unit.read_only, unit.cap_drop]).toEqual([name, 'node', true, ['ALL']]);
    expect(unit.stop_grace_period, name).toBe('60s');
  }
});

test('every volume, dependency, file, program and variable that is named exists', () => {
  const names = Object.keys(compose.services);
  for (const [name, unit] of Object.entries(compose.services)) {
    const needed = Array.isArray(unit.depends_on) ? unit.depends_on : Object.keys(unit.depends_on ?? {});
    for (const other of needed) expect(names, name).toContain(other);
    for (const volume of unit.volumes ?? []) {
      const [from = ''] = volume.split(':');
      if (from.startsWith('./')) expect(exists(from.slice(2)), volume).toBe(true);
      else expect(Object.keys(compose.volumes), volume).toContain(from);
    }
  }
  for (const [name, { environment }] of ours) {
    for (const variable of Object.keys(environment ?? {})) expect(VARIABLES, name).toContain(variable);
  }
  expect(missingPrograms(composeText)).toEqual([]);
});

test('no secret stands in the composition', () => {
  for (const [name, { environment }] of Object.entries(compose.services)) {
    for (const [variable, value] of Object.entries(environment ?? {})) {
      if (/PASSWORD|SECRET|KEY|TOKEN/.test(variable)) expect(value, `${name} ${variable}`).toMatch(/^\$\{/);
    }
  }
});

const docker = readText('Dockerfile');
const stages = docker.split(/^FROM /m).slice(1);

test('the image is built in stages on glibc, runs as nobody in particular, and is asked whether it is well', () => {
  expect(stages.length).toBeGreaterThan(1);
  for (const stage of stages) expect(stage).toMatch(/^node:24-bookworm-slim/);
  const last = stages.at(-1) ?? '';
  expect(last.indexOf('USER node')).toBeGreaterThan(0);
  expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('\nCMD '));
  expect(last).toContain('HEALTHCHECK');
  expect(last).not.toMatch(/npm (ci|install)/);
  expect(missingPrograms(docker)).toEqual([]);
});

test('what the image copies exists, and the builder is given no more than that', () => {
  const copied = [...docker.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((found) =>
    (found[1] ?? '').split(' '),
  );
  const given = [...readText('.dockerignore').matchAll(/^!(.+)$/gm)].map((found) => found[1] ?? '');
  for (const path of copied) expect(exists(path.replace('./', '')), path).toBe(true);
  expect(given.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
    [...new Set(copied.map((path) => path.replace('./', '')))].toSorted((a, b) => (a < b ? -1 : 1)),
  );
});

test.each(['deploy/systemd/tontine-web@.service', 'deploy/systemd/tontine-worker.service'])('%s', (path) => {
  const text = readText(path);
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1];
  expect([value('User'), value('NoNewPrivileges'), value('ProtectSystem')]).toEqual([
    'tontine',
    'true',
    'strict',
  ]);
  expect(Number(value('TimeoutStopSec'))).toBeGreaterThan(50);
  expect(value('ExecStart')).toContain('--env-file=/etc/tontine/.env dist/main.js');
  for (const [, variable] of text.matchAll(/^Environment=(\w+)=/gm)) {
    if (variable !== 'NODE_ENV') expect(VARIABLES).toContain(variable);
  }
  expect(missingPrograms(text)).toEqual([]);
});

test('the proxies lead to processes that exist, and keep the figures inside', () => {
  const contained = readText('deploy/Caddyfile');
  const upstreams = [...contained.matchAll(/(\w+):3000/g)].map((found) => found[1] ?? '');
  expect(upstreams.length).toBe(2);
  for (const name of upstreams) expect(Object.keys(compose.services)).toContain(name);
  for (const text of [contained, readText('deploy/systemd/Caddyfile')]) {
    expect(text).toContain('respond @inside 404');
    expect(text).toContain('health_uri /health');
    expect([...text.matchAll(/{/g)].length).toBe([...text.matchAll(/}/g)].length);
  }
});

const rulesShape = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string().regex(/^[a-z-]+$/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

/** Names of figures in a text that the product does not have. */
function unknownFigures(text: string): string[] {
  const named = [...text.matchAll(/\btontine_[a-z_]+/g)].map(([name]) => name);
  return named.filter((name) => !(name in FIGURES) && name !== 'tontine_callbacks_total');
}

test('each alarm asks for figures that exist, and has a runbook that names it', () => {
  const text = readText('deploy/prometheus/alerts.yaml');
  const alarms = rulesShape.parse(parse(text)).groups.flatMap(({ rules }) => rules);
  expect(alarms.length).toBeGreaterThan(5);
  expect(unknownFigures(text)).toEqual([]);
  for (const { alert, annotations } of alarms) {
    expect(exists(annotations.runbook), annotations.runbook).toBe(true);
    expect(readText(annotations.runbook), alert).toContain(`\`${alert}\``);
  }
});

test('the dashboard shows figures that exist, and all of them', () => {
  const text = readText('deploy/grafana/tontine.json');
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(unknownFigures(text)).toEqual([]);
  for (const name of Object.keys(FIGURES)) expect(text).toContain(name);
});

test('a missing program is found', () => {
  expect(missingPrograms('CMD ["node", "dist/gone.js"] dist/main.js')).toEqual(['src/gone.ts']);
});
