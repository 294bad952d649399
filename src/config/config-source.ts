import type { Path, SourceDocument } from './source-document.ts';

/** Where a value of the configuration came from, and where it is written. */
export interface Origin {
  /** `default` = written nowhere; the line is then that of the map in which it could stand. */
  readonly source: 'file' | 'profile' | 'override' | 'default';
  /** 1-based line of the configuration file; undefined for what does not come from it. */
  readonly line: number | undefined;
  /** The path at which it is written: `profiles.nightly.limits.requests` for a value of that profile. */
  readonly path: Path;
}

/** The document with the profile and the overrides laid over it, and the way back from each value to its origin. */
export interface ConfigSource {
  /** As the user named it. */
  readonly file: string;
  /** Plain values, without `profiles`. */
  readonly value: unknown;
  originOf(path: Path): Origin;
}

/** Values from outside the file that win over it; undefined = not given. */
export interface Overrides {
  readonly gatewayUrl?: string | undefined;
  readonly seed?: string | undefined;
}

/** What is to be laid over what. */
export interface Layers {
  readonly file: string;
  readonly document: SourceDocument;
  /** The profile in force; one that the file does not define changes nothing. */
  readonly profile: string;
  readonly overrides: Overrides;
}

/**
 * Lays the profile over the document: maps are merged key by key, every other value (lists too) is replaced as a whole,
 * and `null` in a profile removes the key. Then the overrides are laid over the result.
 */
export const layerSource = ({ file, document, profile, overrides }: Layers): ConfigSource => {
  const whole = document.value;
  const { profiles, ...base } = isRecord(whole) ? whole : {};
  const overlay = isRecord(profiles) && Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  const merged = isRecord(whole) ? (isRecord(overlay) ? mergeMaps(base, overlay) : base) : whole;
  const outside: readonly (readonly [path: Path, value: string | undefined])[] = [
    [['gateway', 'url'], overrides.gatewayUrl],
    [['seed'], overrides.seed],
  ];
  const given = outside.filter((entry): entry is readonly [Path, string] => entry[1] !== undefined);
  const value = given.reduce<unknown>((tree, [path, text]) => withValueAt(tree, path, text), merged);
  return {
    file,
    value,
    originOf: (path) => {
      if (given.some(([place]) => place.join('.') === path.join('.')))
        return { source: 'override', line: undefined, path };
      if (overlay !== undefined && hasPath(overlay, path))
        return placeOf(document, 'profile', ['profiles', profile, ...path]);
      if (hasPath(base, path)) return placeOf(document, 'file', path);
      return placeOfAbsent({ document, base, overlay, profile, path });
    },
  };
};

/** A map of YAML: not a list, not a scalar, not nothing. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path, undefined when there is none. */
export const valueAt = (tree: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, key) => {
    if (Array.isArray(node)) return node[Number(key)];
    return isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }, tree);

const mergeMaps = (
  base: Readonly<Record<string, unknown>>,
  overlay: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(overlay)) {
    const below = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isRecord(value) ? mergeMaps(isRecord(below) ? below : {}, value) : value);
  }
  // `fromEntries` defines own properties, so that a key such as `__proto__` stays data.
  return Object.fromEntries(merged);
};

const withValueAt = (tree: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value;
  if (tree !== undefined && !isRecord(tree)) return tree;
  return { ...tree, [key]: withValueAt(tree?.[key], rest, value) };
};

const hasPath = (tree: unknown, path: Path): boolean => path.length === 0 || valueAt(tree, path) !== undefined;

const placeOf = (document: SourceDocument, source: Origin['source'], path: Path): Origin => ({
  source,
  line: document.lineOf(path),
  path,
});

interface Absent {
  readonly document: SourceDocument;
  readonly base: unknown;
  readonly overlay: unknown;
  readonly profile: string;
  readonly path: Path;
}

/** The nearest map around a missing value: that of the file where it has one, else the profile's. */
const placeOfAbsent = ({ document, base, overlay, profile, path }: Absent): Origin => {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const around = path.slice(0, length);
    if (hasPath(base, around)) return { source: 'default', line: document.lineOf(around), path };
    const inProfile = ['profiles', profile, ...around];
    if (overlay !== undefined && hasPath(overlay, around))
      return { source: 'default', line: document.lineOf(inProfile), path: ['profiles', profile, ...path] };
  }
  return { source: 'default', line: document.lineOf([]), path };
};
