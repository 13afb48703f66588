// What a test file has of its own while another runs beside it: a portal, and a Chromium to look at it.

import { existsSync } from 'node:fs';
import { inject } from 'vitest';
import type { Running } from './portal.ts';

/** The portal of this test file. */
export const here = inject('portals')[Number(process.env.VITEST_POOL_ID) - 1] as Running;

/** The whole browser, with its settings. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const SHELL = '/usr/bin/chromium-headless-shell';
/** Where Debian's shell of it is installed: the same pages in two thirds of the time, without the windows around them. */
export const CHROMIUM_SHELL = !process.env.CHROMIUM_PATH && existsSync(SHELL) ? SHELL : CHROMIUM;
