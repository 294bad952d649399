/** One element of a document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
}

const TAG = /<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/y;
const ATTRIBUTE = /([a-z]+)="([^"<]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));|&/g, (all, code: string | undefined, name: string | undefined) => {
    const character = code === undefined ? ENTITIES[name ?? ''] : String.fromCodePoint(Number(code));
    if (character === undefined) throw new Error(`a bare or unknown entity: ${all}`);
    return character;
  });

/** Parses the part of XML that a JUnit report needs, strictly; throws on anything that is not well-formed (XML 1.0). */
export const parseXml = (text: string): Element => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Char of XML 1.0, §2.2
  const illegal = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (illegal !== null) throw new Error(`an illegal character at ${illegal.index}`);
  const start = text.indexOf('?>') + 2;
  if (!text.startsWith('<?xml version="1.0" encoding="UTF-8"?>')) throw new Error('no declaration');
  const root = { name: '', attributes: {}, children: [] as Element[] };
  const open = [root];
  TAG.lastIndex = start;
  for (let rest = start; text.slice(rest).trim() !== ''; rest = TAG.lastIndex) {
    TAG.lastIndex = rest + /^\s*/.exec(text.slice(rest))![0].length;
    const [tag, closing, name, attributes, single] = TAG.exec(text) ?? [];
    if (tag === undefined) throw new Error(`no tag at ${rest}: ${text.slice(rest, rest + 60)}`);
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    const pairs = [...attributes!.matchAll(ATTRIBUTE)].map(([, key, value]) => [key!, decode(value!)] as const);
    if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error('an attribute stands twice');
    const element = { name: name!, attributes: Object.fromEntries(pairs), children: [] };
    open.at(-1)!.children.push(element);
    if (single === '') open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1)
    throw new Error('elements are left open, or there is not one root');
  return root.children[0]!;
};
