// The neutral page after a request that is answered by mail only: the same in every case, and no mail's fate.

import { text } from '../text.ts';
import { OtherWays, showPage } from './layout.tsx';
import type { PortalContext } from './portal.ts';

export function showMailSent(c: PortalContext, title: string, sentence: string, again: string) {
  const body = (
    <>
      <h1>{title}</h1>
      <p class="lead">{sentence}</p>
      <ol class="tips">
        {text.forgottenPassword.sentTips.map((tip) => (
          <li>{tip}</li>
        ))}
      </ol>
      <OtherWays
        ways={[
          { href: again, label: text.forgottenPassword.again },
          { href: '/connexion', label: text.signIn.title },
        ]}
      />
    </>
  );
  return showPage(c, { title, body });
}
