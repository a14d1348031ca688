/**
 * Shows a group that is not complete yet: who is missing, the code to pass on, and the start.
 */
import type { Frame } from '../../layout.tsx';
import { Reference } from '../../parts/facts.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import type { GroupHead } from '../parts/group-layout.tsx';
import { ShareLink } from '../parts/share-link.tsx';

export interface FormingCard {
  readonly joined: number;
  /** Present for those who may invite: the code, and the link that carries it. */
  readonly invitation?: { readonly code: string; readonly url: string };
  /** True for those who may start the cycle. */
  readonly mayStart: boolean;
}

interface FormingProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly card: FormingCard;
}

export function Forming({ frame, group, card }: FormingProps) {
  const { forming: words } = wordsFor(frame.locale).tontines;
  const { facts } = wordsFor(frame.locale);
  const { invitation } = card;
  return (
    <section class="balance" aria-labelledby="forming">
      <h2 id="forming">{words.title}</h2>
      <p class="figure">{words.joined(card.joined)}</p>
      {invitation === undefined ? (
        <p>{words.wait}</p>
      ) : (
        <>
          <p>
            {words.code} <Reference text={invitation.code} copy={facts.copy} copied={facts.copied} />
          </p>
          <p class="moves">
            <ShareLink frame={frame} groupName={group.name} url={invitation.url} />
          </p>
        </>
      )}
      {card.mayStart ? (
        <p class="moves">
          <a class="button primary" href={paths.tontineStart(group.id)}>
            {words.start}
          </a>
        </p>
      ) : null}
    </section>
  );
}
