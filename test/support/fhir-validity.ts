/** Elements of which a resource has one form only. */
const CHOICES = [
  /^value[A-Z]/,
  /^effective(DateTime|Period)/,
  /^performed[A-Z]/,
  /^occurred[A-Z]/,
  /^scheduled[A-Z]/,
];

/**
 * What two validators miss that servers refuse: more than one value[x] in one place, empty arrays, objects and texts, nulls.
 * The path and the reason of each fault; none where the resource is sound.
 */
export function looseFaults(value: unknown, path = ''): readonly string[] {
  if (value === null || value === undefined) return [`${path}: nothing`];
  if (value === '') return [`${path}: empty text`];
  if (typeof value === 'number' && !Number.isFinite(value)) return [`${path}: not a number`];
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${path}: empty array`];
    return value.flatMap((item, i) => looseFaults(item, `${path}[${i}]`));
  }
  if (typeof value !== 'object') return [];
  const keys = Object.keys(value);
  if (keys.length === 0) return [`${path}: empty object`];
  const doubled = CHOICES.map((choice) => keys.filter((key) => choice.test(key))).filter(
    (found) => found.length > 1,
  );
  return [
    ...doubled.map((found) => `${path}: ${found.join(' and ')}`),
    ...Object.entries(value).flatMap(([key, item]) =>
      looseFaults(item, path === '' ? key : `${path}.${key}`),
    ),
  ];
}
