// What to do, in three drawings, as it stands on paper.

import { publicFile } from '../web/public-files.ts';

type SheetStepsProps = {
  /** The sentences, and the file of `public/` that draws each. */
  steps: [sentence: string, drawing: string][];
  /** Of each drawing, beside a width of 180. */
  height: number;
};

export function SheetSteps({ steps, height }: SheetStepsProps) {
  return (
    <ol class="sheet-steps">
      {steps.map(([sentence, drawing]) => (
        <li>
          <img src={publicFile(drawing)} alt="" width="180" height={height} />
          <span>{sentence}</span>
        </li>
      ))}
    </ol>
  );
}
