/** The colours of charts: custom properties of the style sheet, which change with the theme. */
const NAMES = [
  'ink',
  'quiet',
  'grid',
  'now',
  'now-fill',
  'before',
  'line',
  'heat-low',
  'heat-high',
  'ok',
  'throttled',
  'error',
  'dropped',
  'hit',
  'miss',
  'bypass',
  'share-0',
  'share-1',
  'share-2',
  'share-3',
  'share-4',
  'share-5',
  'share-6',
] as const;

/** Name → colour as a canvas takes it. */
export type Colours = Readonly<Record<(typeof NAMES)[number], string>>;

/** The colours in force. A property is resolved by an element that has it as its colour: `light-dark()` is not known before. */
export const readColours = (): Colours => {
  const probe = document.createElement('span');
  document.body.append(probe);
  const found = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(found) as Colours;
};

const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);

/** Colours from one to the other in equal steps, both included; `steps` is at least 2. */
export const ramp = (from: string, to: string, steps: number): string[] => {
  const [a, b] = [channels(from), channels(to)];
  return Array.from({ length: steps }, (_, step) => {
    const mixed = a.map((channel, index) => Math.round(channel + ((b[index]! - channel) * step) / (steps - 1)));
    return `rgb(${mixed.join(' ')})`;
  });
};
