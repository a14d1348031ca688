/**
 * Measures all cells in turns, round after round, so that what is compared was measured in the same minute.
 *
 * After every cell the books are looked at, and after the last round the whole journal: what does not balance ends the
 * run.
 */
import type { Measured } from './measure.ts';
import { barText } from './progress-bar.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';

export interface Ran {
  readonly rounds: ReadonlyMap<string, readonly Measured[]>;
  readonly notes: Readonly<Record<string, string>>;
  readonly took_s: number;
}

export async function runRounds(
  world: BenchWorld,
  sections: readonly Section[],
  chosen: ReadonlySet<string>,
  settle: () => Promise<void>,
): Promise<Ran> {
  const started_ms = performance.now();
  const rounds = new Map<string, Measured[]>();
  const opened: { section: Section; open: OpenSection }[] = [];
  try {
    for (const section of sections) {
      world.say(`setting the stage of ${section.name}`);
      opened.push({ section, open: await section.open(world) });
    }
    const measuring_ms = performance.now();
    const turns = turnsOf(opened, chosen, world.options.rounds);
    for (const [place, { round, name, open }] of turns.entries()) {
      const cell = open.cells.get(name);
      if (cell === undefined) continue;
      await settle();
      const measured = await cell(world.options.seconds);
      await open.check();
      rounds.set(name, [...(rounds.get(name) ?? []), measured]);
      const bar = barText(place + 1, turns.length, performance.now() - measuring_ms);
      world.say(`${bar}  round ${round}  ${name.padEnd(24)} ${lineOf(measured)}`);
    }
    for (const { section, open } of opened) {
      world.say(`reading all books of ${section.name}`);
      await open.checkAll();
    }
  } finally {
    for (const { open } of opened.toReversed()) await open.close();
  }
  const notes = Object.assign({}, ...opened.map(({ open }) => open.notes ?? {})) as Record<string, string>;
  return { rounds, notes, took_s: Math.round((performance.now() - started_ms) / 1000) };
}

interface Turn {
  readonly round: number;
  readonly name: string;
  readonly open: OpenSection;
}

/** Every cell of every round in order; what is taken once comes in the last round. */
function turnsOf(
  opened: readonly { section: Section; open: OpenSection }[],
  chosen: ReadonlySet<string>,
  rounds: number,
): Turn[] {
  return Array.from({ length: rounds }, (_, place) => place + 1).flatMap((round) =>
    opened.flatMap(({ section, open }) =>
      section.once === true && round < rounds
        ? []
        : [...open.cells.keys()].filter((name) => chosen.has(name)).map((name) => ({ round, name, open })),
    ),
  );
}

function lineOf({ perSecond, p50_ms, p99_ms, refused, figure }: Measured): string {
  if (figure !== undefined) return figure.toFixed(2).padStart(12);
  const speed = `${Math.round(perSecond)}/s`.padStart(12);
  return `${speed}  p50 ${p50_ms.toFixed(1)} ms  p99 ${p99_ms.toFixed(1)} ms${refused > 0 ? `  ${refused} refused` : ''}`;
}
