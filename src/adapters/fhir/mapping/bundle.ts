import type { Bundle, BundleEntry } from 'fhir/r4';
import { conditionOf, type MappedResource } from './mapped-resource.ts';

/**
 * Servers bound a transaction with conditions: Medplum takes no more than this in one. A batch has no such bound, and each of
 * its entries stands for itself.
 */
export const MOST_IN_TRANSACTION = 8;

/**
 * One bundle of all: `transaction` and `batch` to be posted, each entry under its condition, so that posting twice doubles
 * nothing; `collection` to be kept as a file.
 */
export function bundleOf(
  mapped: readonly MappedResource[],
  type: 'transaction' | 'collection' | 'batch',
): Bundle {
  const entry = mapped.map((one): BundleEntry => {
    if (type === 'collection') return { fullUrl: uuidOf(one.digest), resource: one.resource };
    const { resourceType } = one.resource;
    return one.mode === 'once'
      ? {
          resource: one.resource,
          request: { method: 'POST', url: resourceType, ifNoneExist: conditionOf(one) },
        }
      : { resource: one.resource, request: { method: 'PUT', url: `${resourceType}?${conditionOf(one)}` } };
  });
  return { resourceType: 'Bundle', type, ...(entry.length === 0 ? {} : { entry }) };
}

/** Within one bundle each resource needs an address; it has none before a server gave it one. */
function uuidOf(digest: string): string {
  const at = (from: number, to: number): string => digest.slice(from, to);
  return `urn:uuid:${at(0, 8)}-${at(8, 12)}-8${at(13, 16)}-8${at(17, 20)}-${at(20, 32)}`;
}
