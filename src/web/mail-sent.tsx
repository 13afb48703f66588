// The neutral page after a request that is answered by mail only: the same in every case, and no mail's fate.

import { text } from '../text.ts';
import { showPage } from './layout.tsx';
import { NextStep, OtherWays } from './parts.tsx';
import type { PortalContext } from './portal.ts';

type Sent = {
  title: string;
  /** What left, and what to do with it when it comes. */
  sentences: string[];
  /** Where to ask again. */
  again: string;
  tips: string[];
};

export function showMailSent(c: PortalContext, { title, sentences: [lead, ...others], again, tips }: Sent) {
  const words = text.forgottenPassword;
  const body = (
    <>
      <p class="lead">{lead}</p>
      {others.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <p>{words.lookFor(c.get('settings').ORGANISATION_SHORT_NAME)}</p>
      <ol class="tips">
        {[...tips, words.callUs].map((tip) => (
          <li>{tip}</li>
        ))}
      </ol>
      <NextStep way={{ href: '/connexion', label: text.signIn.title }} />
      <OtherWays ways={[{ href: again, label: words.again }]} />
    </>
  );
  return showPage(c, { title, body });
}
