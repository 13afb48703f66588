import { describe, expect, it } from 'vitest';
import styles from '../../public/styles.css?raw';
import {
  accentTokens,
  contrast,
  LEAST_CONTRAST,
  SURFACES,
  worstContrast,
} from '../../src/platform/colour.ts';

it.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#777777', '#ffffff', 4.48],
  ['#333333', '#ffffff', 12.63],
  ['#0000ff', '#ffffff', 8.59],
  ['#ff0000', '#00ff00', 2.91],
])('contrast of %s and %s is %d', (one, other, expected) => {
  expect(contrast(one, other)).toBeCloseTo(expected, 2);
  expect(contrast(other, one)).toBeCloseTo(expected, 2);
});

const [light = '', dark = ''] = styles.split('prefers-color-scheme: dark');
const tokenIn = (theme: string, name: string) => new RegExp(`--${name}: (#\\w{6});`).exec(theme)?.[1];

it.each([
  ['light', light],
  ['dark', dark],
] as const)('the accent is measured against what the %s stylesheet has', (theme, source) => {
  const { paper, surface, actionInk } = SURFACES[theme];
  expect([paper, surface, actionInk]).toEqual(
    ['paper', 'surface', 'action-ink'].map((name) => tokenIn(source, name)),
  );
});

describe.each(['#0b5563', '#000000', '#7a1f4f', '#0000c0', '#5b3a00', '#1c6b3a', '#a3220f'])(
  '%s',
  (accent) => {
    it('is readable in the light, and what follows from it in the dark', () => {
      expect(worstContrast(accent, SURFACES.light)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      const tokens = accentTokens(accent);
      expect(tokens.light.action).toBe(accent);
      expect(worstContrast(tokens.light.actionStrong, SURFACES.light)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      for (const colour of [tokens.dark.action, tokens.dark.actionStrong])
        expect(worstContrast(colour, SURFACES.dark)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      // The head of the page: white, and the sand of the landlord's name.
      for (const { top } of [tokens.light, tokens.dark])
        expect(worstContrast(top, { white: '#ffffff', sand: '#f2dfb3' })).toBeGreaterThanOrEqual(
          LEAST_CONTRAST,
        );
    });
  },
);
