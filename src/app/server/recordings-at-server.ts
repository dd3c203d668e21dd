import type { FhirClient } from '../../adapters/fhir/fhir-client.ts';
import { FhirError } from '../../adapters/fhir/fhir-error.ts';
import type { FhirResource } from '../../adapters/fhir/fhir-resource.ts';
import { recordingBinary, recordingDocument } from '../../adapters/fhir/mapping/document-resources.ts';
import { identifierOf, LOCAL_CODES, SHA256_URL } from '../../adapters/fhir/mapping/fhir-names.ts';
import { fromBase64 } from '../../adapters/fhir/mapping/fhir-values.ts';
import { conditionOf, type MappingContext } from '../../adapters/fhir/mapping/mapped-resource.ts';
import { fieldOf } from '../../adapters/fhir/mapping/record-extension.ts';
import { sha256 } from '../../adapters/hand-over/web-crypto.ts';
import { toHex } from '../../core/recording/hand-over-crypto.ts';
import { type RecordingAtServer, ServerProblem } from '../../ui/server-ports.ts';

const CONTENT_TYPE = 'application/octet-stream';
/** Base64 takes a third more, and the client takes no answer above 32 MB. */
const LARGEST_BYTES = 20_000_000;
const BINARY = /(?:^|\/)Binary\/([A-Za-z0-9\-.]{1,64})$/;

/**
 * Puts a recording file at the server: the bytes, then the document that points to them. One that is there stays.
 *
 * @returns false: it was there
 */
export async function sendRecording(
  client: FhirClient,
  file: File,
  about: { readonly recordingId: string; readonly startedAtUtc: string },
  context: MappingContext,
  signal: AbortSignal,
): Promise<boolean> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length > LARGEST_BYTES)
    throw new ServerProblem('tooLarge', file.name, `${bytes.length} bytes; ${LARGEST_BYTES} can be sent.`);
  const { system, value } = identifierOf('recording', context.patientId, about.recordingId);
  const query = `DocumentReference?identifier=${encodeURIComponent(`${system}|${value}`)}`;
  if ((await client.page(query, { signal })).found.length > 0) return false;
  const described = { ...about, contentType: CONTENT_TYPE };
  const written = await client.create(recordingBinary(bytes, described, context), null, signal);
  if (written.id === null)
    throw new FhirError('notFhir', client.baseUrl, { words: 'gave the recording no id' });
  const mapped = await recordingDocument(bytes, `Binary/${written.id}`, described, context);
  await client.create(mapped.resource, conditionOf(mapped), signal);
  return true;
}

/** The recordings of one patient there, newest first. */
export async function listRecordings(
  client: FhirClient,
  patientReference: string,
): Promise<readonly RecordingAtServer[]> {
  const type = encodeURIComponent(`${LOCAL_CODES}|recording`);
  const query = `DocumentReference?subject=${encodeURIComponent(patientReference)}&type=${type}`;
  const found: RecordingAtServer[] = [];
  for await (const page of client.pages(query))
    for (const resource of page) {
      const one = described(resource, patientReference);
      if (one !== null) found.push(one);
    }
  return found.sort((a, b) => (a.startedAtUtc < b.startedAtUtc ? 1 : -1));
}

/** The bytes as they were sent, or nothing. */
export async function readRecording(
  client: FhirClient,
  { binaryNumber, digest, startedAtUtc }: RecordingAtServer,
): Promise<File> {
  const binary = await client.read('Binary', binaryNumber);
  const data = fieldOf(binary, 'data');
  const bytes = typeof data === 'string' ? fromBase64(data) : null;
  if (bytes === null || toHex(await sha256(bytes)) !== digest)
    throw new FhirError('notFhir', client.baseUrl, { words: 'the recording is not as it was sent' });
  return new File([new Uint8Array(bytes)], `${startedAtUtc.slice(0, 10)}.thora`);
}

function described(resource: FhirResource, patientReference: string): RecordingAtServer | null {
  if (fieldOf(fieldOf(resource, 'subject'), 'reference') !== patientReference) return null;
  const [content] = [fieldOf(resource, 'content')].flat() as readonly unknown[];
  const attachment = fieldOf(content, 'attachment');
  const url = fieldOf(attachment, 'url');
  const extensions = [fieldOf(attachment, 'extension')].flat() as readonly unknown[];
  const digest = fieldOf(
    extensions.find((one) => fieldOf(one, 'url') === SHA256_URL),
    'valueString',
  );
  const date = fieldOf(resource, 'date');
  const binaryNumber = typeof url === 'string' ? BINARY.exec(url)?.[1] : undefined;
  if (binaryNumber === undefined || typeof digest !== 'string' || typeof date !== 'string') return null;
  return { binaryNumber, digest, startedAtUtc: date.slice(0, 40) };
}
