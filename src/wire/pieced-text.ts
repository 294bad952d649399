/** Pieces that are joined at a time. */
const AT_ONCE = 16;

/**
 * Text that comes in pieces of a few characters. Added up with `+=` they would be a tree of strings, each of several times its
 * characters, that lives as long as its stream; here all but the last few are one flat string.
 */
export class PiecedText {
  #joined = '';
  #pieces: string[] = [];

  add(piece: string): void {
    if (piece === '') return;
    if (this.#pieces.push(piece) < AT_ONCE) return;
    this.#joined += this.#pieces.join('');
    this.#pieces = [];
  }

  toString(): string {
    return this.#joined + this.#pieces.join('');
  }
}
