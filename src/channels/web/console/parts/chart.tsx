/**
 * Draws small charts as SVG on the server, with the figures in a table behind each: readable without colour and without
 * sight, and a few hundred bytes on the wire.
 */
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';

const WIDTH = 320;
const HEIGHT = 96;
const FOOT = 14;
const HEAD = 14;

export interface Series {
  readonly name: string;
  /** A value that is not known leaves a gap: drawn as zero it would be a false alarm. */
  readonly values: readonly (number | undefined)[];
}

interface LineChartProps {
  readonly frame: ConsoleFrame;
  readonly title: string;
  /** At most two: a full line and a dashed one. */
  readonly series: readonly Series[];
  /** One word for each value, for the table; the first and the last also stand below the chart. */
  readonly labels: readonly string[];
  /** How a value is written. */
  readonly text?: (value: number) => string;
}

export function LineChart({ frame, title, series, labels, text = String }: LineChartProps) {
  const words = wordsFor(frame.locale).console.charts;
  const all = series.flatMap((one) => one.values);
  const high = Math.max(1, ...all.map((value) => value ?? 0));
  return (
    <figure>
      <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        <path class="axis" d={`M0 ${HEIGHT - FOOT}H${WIDTH}M0 ${HEAD}H${WIDTH}`} fill="none" />
        {series.map((one, place) => (
          <path
            key={one.name}
            class={place === 0 ? undefined : 'second'}
            d={linePath(one.values, high)}
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linejoin="round"
            stroke-linecap="round"
          />
        ))}
        <text x="0" y="10">
          {text(high)}
        </text>
        <text x="0" y={HEIGHT - 2}>
          {labels[0] ?? ''}
        </text>
        <text x={WIDTH} y={HEIGHT - 2} text-anchor="end">
          {labels.at(-1) ?? ''}
        </text>
      </svg>
      <figcaption>
        {series.map((one, place) => (
          <small key={one.name}>{`${place === 0 ? '———' : '- - -'} ${one.name}`}</small>
        ))}
        <details>
          <summary>{words.figures}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.when}</th>
                {series.map((one) => (
                  <th key={one.name} scope="col" class="num">
                    {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, place) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {series.map((one) => (
                    <td key={one.name} class="num">
                      {textOf(one.values[place], text)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figcaption>
    </figure>
  );
}

function textOf(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? '?' : text(value);
}

function linePath(values: readonly (number | undefined)[], high: number): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  const tall = HEIGHT - FOOT - HEAD;
  let path = '';
  let pen = 'M';
  for (const [place, value] of values.entries()) {
    if (value === undefined) {
      pen = 'M';
      continue;
    }
    const x = Math.round(place * step * 10) / 10;
    const y = Math.round((HEIGHT - FOOT - (value / high) * tall) * 10) / 10;
    // A value that stands alone is a dot: a round cap on a line of no length.
    path += pen === 'M' ? `M${x} ${y}h0` : `L${x} ${y}`;
    pen = 'L';
  }
  return path;
}

/** A share from 0 to 1 as a bar that can be compared at a glance; the figure stands beside it. */
export function ShareBar({ share }: { readonly share: number }) {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 96);
  return (
    <svg class="bar" viewBox="0 0 100 12" width="100" height="12" aria-hidden="true">
      <path d="M1 1h98v10H1z" fill="none" stroke="currentColor" />
      <path d={`M2 2h${width}v8H2z`} fill="currentColor" />
    </svg>
  );
}
