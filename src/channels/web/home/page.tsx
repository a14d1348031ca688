/**
 * Is what a stranger sees first: what this is, in three promises, and the way in.
 */
import { METHODS } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import { Mark } from '../parts/logo.tsx';
import { MethodMark } from '../parts/method-mark.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

export interface HomePageProps {
  readonly frame: Frame;
}

export function HomePage({ frame }: HomePageProps) {
  const all = wordsFor(frame.locale);
  const words = all.home;
  return (
    <Layout frame={frame} title={words.title}>
      <div class="hero">
        <div>
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
          <a class="button primary" href={paths.login}>
            {words.signIn}
          </a>
          <p class="hint">{words.noPassword}</p>
        </div>
        <Mark size={220} />
      </div>
      <h2 class="unseen">{words.promises}</h2>
      <ul class="promises">
        <Promised icon="shield" title={words.safeTitle} text={words.safe} />
        <Promised icon="receipt" title={words.proofTitle} text={words.proof} />
        <Promised icon="phone" title={words.phoneTitle} text={words.phone} />
      </ul>
      <h2>{words.methodsTitle}</h2>
      <ul class="methods">
        {METHODS.map((method) => (
          <li key={method}>
            <MethodMark method={method} />
            {all.methods[method]}
          </li>
        ))}
      </ul>
    </Layout>
  );
}

interface PromisedProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

function Promised({ icon, title, text }: PromisedProps) {
  return (
    <li class="card">
      <Icon name={icon} size={28} />
      <h3>{title}</h3>
      <p>{text}</p>
    </li>
  );
}
