// Why a whole client file is refused: nothing of it is kept.

/** The faults, with the status a file is answered with. */
export const FILE_FAULTS = {
  empty: 400,
  too_large: 413,
  line_too_long: 413,
  not_text: 415,
  no_lines: 422,
  separator: 422,
  missing_column: 422,
  repeated_column: 422,
  mixed_encodings: 422,
  unsure_encoding: 422,
  month_first: 422,
  cut: 422,
  line_count: 422,
} as const;
export type FileFault = keyof typeof FILE_FAULTS;

/** The whole file is refused: why, and where. */
export class FileError extends Error {
  fault: FileFault;
  line: number;
  column: string | null;

  constructor(fault: FileFault, line: number, column: string | null = null) {
    super(`${fault}, line ${line}`);
    this.fault = fault;
    this.line = line;
    this.column = column;
  }
}
