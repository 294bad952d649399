const KEY = 'gatemark-theme';

/** What was chosen before, as far as the browser remembers it for this file. */
const remembered = (): string | null => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // A browser may refuse storage to a file: the choice then lasts as long as the page.
  }
};

const remember = (theme: string): void => {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
};

/** Makes the switch work, and tells whenever the colours have changed: by the switch, or by the system. */
export const watchTheme = (changed: () => void): void => {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('input[name="theme"]')];
  const apply = (theme: string): void => {
    document.documentElement.dataset.theme = theme;
    for (const input of inputs) input.checked = input.value === theme;
  };
  const stored = remembered();
  if (stored !== null && inputs.some(({ value }) => value === stored)) apply(stored);
  for (const input of inputs)
    input.addEventListener('change', () => {
      apply(input.value);
      remember(input.value);
      changed();
    });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
};
