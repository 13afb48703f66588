// The neutral page after a request that is answered by mail only: the same in every case, and no mail's fate.

import { text } from '../text.ts';
import { OtherWays, showPage } from './layout.tsx';
import type { PortalContext } from './portal.ts';

/** @param also a tip of this page only, before the last one */
export function showMailSent(
  c: PortalContext,
  { title, sentence, again, also = [] }: { title: string; sentence: string; again: string; also?: string[] },
) {
  const tips = text.forgottenPassword.sentTips.toSpliced(-1, 0, ...also);
  const body = (
    <>
      <p class="lead">{sentence}</p>
      <ol class="tips">
        {tips.map((tip) => (
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
