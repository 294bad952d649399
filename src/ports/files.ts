/** The file system, as far as the gate needs it. Failures are `GateError` `io`. */
export interface Files {
  readText(path: string): Promise<string>;
  /** Creates the folder, replaces the file in one step. Returns the absolute path. */
  writeText(path: string, text: string): Promise<string>;
}
