import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { soundsSecret } from './secret-names.ts';

/** Keys and indexes from the root of the document to a value. */
export type Path = readonly (string | number)[];

/** Something that the YAML parser itself objects to. */
export interface SyntaxProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
  readonly received: string | undefined;
}

/** A YAML text as plain values, and the way back from a path to the line. */
export interface SourceDocument {
  /** Undefined when the text is not YAML at all. */
  readonly value: unknown;
  /** Syntax errors and duplicate keys; with a syntax error, `value` is undefined. */
  readonly problems: readonly SyntaxProblem[];
  /** 1-based line of a scalar, or of the key (or dash) before a map or list; undefined when nothing stands at the path. */
  lineOf(path: Path): number | undefined;
}

/** Parses YAML 1.2 (core schema, with `<<` merge keys and aliases, all keys as text). Never throws. */
export const readDocument = (text: string): SourceDocument => {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true, merge: true });
  const lineAt = (offset: number): number => counter.linePos(Math.min(offset, text.length)).line;
  const problems = document.errors.map((error): SyntaxProblem => {
    const isDuplicate = error.code === 'DUPLICATE_KEY';
    const snippet = text.slice(error.pos[0]).split('\n', 1)[0]!.trim();
    const key = isDuplicate ? (/^(["']?)([^:"']+)\1\s*:/.exec(snippet)?.[2] ?? snippet) : undefined;
    return {
      line: lineAt(error.pos[0]),
      message: isDuplicate ? `the key "${key}" is given twice` : `is not valid YAML: ${lowerFirst(error.message)}`,
      received: snippet === '' || soundsSecret(snippet) ? undefined : snippet.slice(0, 60),
    };
  });
  const isReadable = document.errors.every((error) => error.code === 'DUPLICATE_KEY');
  const { value, failure } = isReadable ? plainValue(document) : { value: undefined, failure: undefined };
  return {
    value,
    problems: failure === undefined ? problems : [...problems, aliasProblem(document, failure, lineAt)],
    lineOf: (path) => lineOf(document, path, lineAt),
  };
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Aliases are resolved here, and this is where an unknown one, or a bomb of them, shows. */
const plainValue = (document: Document.Parsed): { value: unknown; failure: string | undefined } => {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), failure: undefined };
  } catch (cause) {
    return { value: undefined, failure: `is not valid YAML: ${lowerFirst((cause as Error).message)}` };
  }
};

/** The library says which alias it could not follow, but not where it stands. */
const aliasProblem = (
  document: Document.Parsed,
  failure: string,
  lineAt: (offset: number) => number,
): SyntaxProblem => {
  let unknown: Alias | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (unknown === undefined && alias.resolve(document) === undefined) unknown = alias;
    },
  });
  const line = unknown?.range ? lineAt(unknown.range[0]) : 1;
  return { line, message: failure, received: unknown === undefined ? undefined : `*${unknown.source}` };
};

interface Found {
  readonly node: Node | null;
  /** The key's node, or the item itself in a list. */
  readonly anchor: Node | null;
}

const lineOf = (document: Document.Parsed, path: Path, lineAt: (offset: number) => number): number | undefined => {
  let found: Found = { node: document.contents, anchor: document.contents };
  for (const key of path) {
    const child = childOf(document, found.node, key);
    if (child === undefined) return undefined;
    found = child;
  }
  const place = isScalar(found.node) && found.node.range ? found.node : found.anchor;
  return place?.range ? lineAt(place.range[0]) : undefined;
};

const childOf = (document: Document.Parsed, parent: Node | null, key: string | number): Found | undefined => {
  const node = isAlias(parent) ? (parent.resolve(document) ?? null) : parent;
  if (isSeq(node)) {
    const item = node.items[Number(key)] as Node | undefined;
    return item === undefined ? undefined : { node: item, anchor: item };
  }
  if (!isMap(node)) return undefined;
  // The last of duplicate keys is the one whose value counts.
  const own = node.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  if (own !== undefined) return { node: own.value as Node | null, anchor: own.key as Node };
  const merged = node.items.filter((pair) => isScalar(pair.key) && isMergeKey(pair.key.value));
  for (const pair of merged) {
    const value = pair.value as Node | null;
    const sources = isSeq(value) ? (value.items as Node[]) : [value];
    for (const source of sources) {
      const found = childOf(document, source, key);
      if (found !== undefined) return found;
    }
  }
  return undefined;
};

const isMergeKey = (key: unknown): boolean => key === '<<' || (typeof key === 'symbol' && key.description === '<<');
