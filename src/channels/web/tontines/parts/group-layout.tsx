/**
 * Is the frame of every page of one group: the way back to it, its name in the title, and the sheet of groups.
 */
import type { ComponentChildren } from 'preact';
import { type Frame, Layout, type Live } from '../../layout.tsx';
import { Icon } from '../../parts/icons.tsx';
import { RefusalNotice, type RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';

export interface GroupHead {
  readonly id: string;
  readonly name: string;
}

interface GroupLayoutProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly title: string;
  /** One sentence under the title: what this page is for, now. */
  readonly lead?: ComponentChildren;
  readonly live?: Live | undefined;
  readonly narrow?: boolean;
  /** What was refused of a whole form. */
  readonly refusal?: RefusalText | undefined;
  readonly children: ComponentChildren;
}

export function GroupLayout(props: GroupLayoutProps) {
  const { frame, group, title, lead, live, narrow = true } = props;
  return (
    <Layout
      frame={frame}
      title={`${title} · ${group.name}`}
      active="tontines"
      narrow={narrow}
      live={live}
      ofGroup
    >
      <p class="back">
        <a href={paths.tontine(group.id)}>
          <Icon name="back" size={20} />
          {group.name}
        </a>
      </p>
      <h1>{title}</h1>
      {lead === undefined ? null : <p class="lead">{lead}</p>}
      <RefusalNotice refusal={props.refusal} locale={frame.locale} />
      {props.children}
    </Layout>
  );
}
