// The drawings of public/, each with its size, so that a page does not move while they come.

import { publicFile } from './public-files.ts';

const SIZES = {
  notice: [360, 170],
  mail: [360, 262],
  password: [360, 290],
  identifier: [360, 240],
  'signing-in': [360, 290],
  'two-mails': [360, 150],
  code: [360, 230],
};

export type DrawingName = keyof typeof SIZES;

/** A drawing and, in words, what it shows. */
export function Drawing({ name, alt }: { name: DrawingName; alt: string }) {
  const [width, height] = SIZES[name];
  return <img src={publicFile(`${name}.svg`)} alt={alt} width={width} height={height} />;
}
