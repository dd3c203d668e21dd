/** Any resource, as far as the client looks into it: everything else is checked where it is understood. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id?: string | undefined;
  readonly meta?:
    { readonly versionId?: string | undefined; readonly lastUpdated?: string | undefined } | undefined;
}
