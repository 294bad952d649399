import { Buffer } from 'node:buffer';

/** Keeps the first bytes of a body, up to a limit, and gives them back as text. */
export class BodyBytes {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #overflowed = false;

  /** `limit`: bytes. What comes past it is dropped, and `overflowed` says so. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Copies what is kept: the bytes need be valid only during the call. */
  add(bytes: Uint8Array): void {
    const room = this.#limit - this.#bytes;
    if (bytes.length > room) this.#overflowed = true;
    if (room <= 0 || bytes.length === 0) return;
    const kept = Buffer.from(bytes.length > room ? bytes.subarray(0, room) : bytes);
    this.#chunks.push(kept);
    this.#bytes += kept.length;
  }

  /** UTF-8, without a byte order mark; bytes that are not UTF-8 become U+FFFD. Empty when nothing came. */
  text(): string {
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks, this.#bytes);
    const text = whole.toString('utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }
}
