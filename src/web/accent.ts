// A landlord's accent: one inline style that sets the action's tokens, allowed in the policy by its hash.

import { accentTokens } from '../platform/colour.ts';
import { policyHash } from '../platform/secrets.ts';

/** The style that turns the stylesheet's action into the landlord's; none without a colour. */
export function accentStyle(colour: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return '';
  const { light, dark } = accentTokens(colour);
  return `${declare(light)}@media screen and (prefers-color-scheme:dark){${declare(dark)}}`;
}

/** What `style-src` must allow for it. */
export async function accentSources(colour: string): Promise<string[]> {
  const style = accentStyle(colour);
  return style ? [`'sha256-${await policyHash(style)}'`] : [];
}

type Tokens = ReturnType<typeof accentTokens>['light'];

function declare({ action, actionStrong, top }: Tokens): string {
  return `:root{--action:${action};--action-strong:${actionStrong};--top:${top}}`;
}
