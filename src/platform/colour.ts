// A landlord's accent colour: whether it can be read, and its variant for the dark.
// Contrast as WCAG 2.2 defines it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

/** The grounds the accent stands on, as in `public/styles.css`: a test compares. */
export const SURFACES = {
  light: { paper: '#fdfbf7', surface: '#f5eee1', actionInk: '#ffffff' },
  dark: { paper: '#101a1b', surface: '#1a2728', actionInk: '#062a31' },
};

/** WCAG 1.4.3: text that is not large. The portal's own colours reach 7 (1.4.6). */
export const LEAST_CONTRAST = 4.5;
const EASY_CONTRAST = 7;

type Rgb = [red: number, green: number, blue: number];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** The contrast of two colours `#rrggbb`, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The worst contrast of a colour with these grounds. */
export function worstContrast(colour: string, met: Record<string, string>): number {
  return Math.min(...Object.values(met).map((other) => contrast(colour, other)));
}

/** The accent's tokens in both themes: in the dark it is lightened until it can be read. */
export function accentTokens(accent: string) {
  const strong = (to: Rgb, from: string) => mix(from, to, 0.3);
  let dark = accent;
  while (worstContrast(dark, SURFACES.dark) < EASY_CONTRAST) dark = mix(dark, WHITE, 0.05);
  return {
    light: { action: accent, actionStrong: strong(BLACK, accent), top: mix(accent, BLACK, 0.2) },
    dark: { action: dark, actionStrong: strong(WHITE, dark), top: mix(accent, BLACK, 0.2) },
  };
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A colour, some way towards another: all the way with `part` 1. */
function mix(colour: string, towards: Rgb, part: number): string {
  const mixed = channels(colour).map((value, channel) =>
    Math.round(value + ((towards[channel] ?? 0) - value) * part),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour: string): Rgb {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16)) as Rgb;
}
