/** A line of a legend: what it is called, and by which class the style sheet paints its swatch. */
export interface LegendItem {
  readonly text: string;
  readonly swatch: string;
}

/** A legend above a chart. */
export const makeLegend = (items: readonly LegendItem[]): HTMLElement => {
  const list = document.createElement('ul');
  list.className = 'legend';
  for (const { text, swatch } of items) {
    const item = document.createElement('li');
    const mark = document.createElement('i');
    mark.className = swatch;
    mark.setAttribute('aria-hidden', 'true');
    item.append(mark, text);
    list.append(item);
  }
  return list;
};

/** Radio buttons that choose what a chart shows. */
export const makeChoice = (
  label: string,
  titles: readonly string[],
  choose: (index: number) => void,
): HTMLFieldSetElement => {
  const set = document.createElement('fieldset');
  set.className = 'choice';
  const legend = document.createElement('legend');
  legend.className = 'hidden';
  legend.textContent = label;
  set.append(legend);
  const group = `choice-${choices++}`;
  titles.forEach((title, index) => {
    const option = document.createElement('label');
    const input = document.createElement('input');
    const text = document.createElement('span');
    Object.assign(input, { type: 'radio', name: group, checked: index === 0 });
    input.addEventListener('change', () => choose(index));
    text.textContent = title;
    option.append(input, text);
    set.append(option);
  });
  return set;
};

/** Radio buttons belong together by a name that no other group has. */
let choices = 0;
