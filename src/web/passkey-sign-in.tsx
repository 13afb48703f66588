// The button that signs in without identifier and password: under the sign-in form, and again where it failed.

import { PATHS } from '../paths.ts';
import { PasskeyButton } from './passkey.tsx';

type Props = {
  label: string;
  /** Where the sign-in leads. */
  suite?: string;
  isOffered?: boolean;
  isSecond?: boolean;
};

export function PasskeySignIn({ label, suite, isOffered, isSecond }: Props) {
  return (
    <form method="post" action={PATHS.passkeySignIn} novalidate>
      {suite && <input type="hidden" name="suite" value={suite} />}
      <PasskeyButton label={label} from={PATHS.passkeyChallenge} isOffered={isOffered} isSecond={isSecond} />
    </form>
  );
}
