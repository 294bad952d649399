/** Subjects that a page's table says fail, for the row of that name; undefined where it has no such row. */
export const foundOnPage = (page: string, name: string): readonly string[] | undefined => {
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()));
  const row = rows.find(([, first]) => first === name);
  return row?.[3]?.split(', ').filter((subject) => subject !== '–');
};
