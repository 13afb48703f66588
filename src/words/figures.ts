// Figures as French people write them.

/** `1 000` */
export function frenchNumber(value: number): string {
  return value.toLocaleString('fr-FR');
}

/** How much of a whole, in whole percent: 0 and 100 are said of nothing and of all only. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.max(1, Math.round((100 * part) / whole)));
}

/** The same in words: `41 %`, `moins de 1 %`. */
export function sayPercent(part: number, whole: number): string {
  const isLess = part > 0 && part * 100 < whole;
  return `${isLess ? 'moins de ' : ''}${percentOf(part, whole)}\u00a0%`;
}

/** `1 compte`, `2 comptes`: in French nothing is one. */
export function counted(count: number, one: string, several: string): string {
  return `${frenchNumber(count)}\u00a0${count < 2 ? one : several}`;
}
