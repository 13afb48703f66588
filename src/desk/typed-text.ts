// What somebody typed, shown to staff: signs that nobody sees, and those that turn the writing round, are made visible.

/** Controls, marks of direction and other invisible signs, each as its number: `\u202e` → `‹U+202E›`. */
export function seenText(typed: string): string {
  return typed.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, (sign) => {
    const number = sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `‹U+${number}›`;
  });
}
