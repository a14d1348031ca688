/**
 * Offers to send an invitation with the application that everybody of the group already has.
 *
 * It is a plain link that opens only when it is followed: nothing of that company is loaded by our pages.
 */
import type { Frame } from '../../layout.tsx';
import { Icon } from '../../parts/icons.tsx';
import { wordsFor } from '../../words/words.ts';

interface ShareLinkProps {
  readonly frame: Frame;
  readonly groupName: string;
  readonly url: string;
}

export function ShareLink({ frame, groupName, url }: ShareLinkProps) {
  const words = wordsFor(frame.locale).tontines.forming;
  const text = encodeURIComponent(words.message(groupName, url));
  return (
    <a class="button" href={`https://wa.me/?text=${text}`} rel="noreferrer noopener">
      <Icon name="message" size={20} />
      {words.share}
    </a>
  );
}
