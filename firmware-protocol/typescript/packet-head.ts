/**
 * The first byte of everything that is sent in either direction: version in the high four bits, kind in the low
 * four. A reader that does not know the version refuses the packet before it looks at anything else.
 */
export const PROTOCOL_VERSION = 1;

export const PACKET_KIND = {
  sampleBlock: 1,
  singleSample: 2,
  command: 3,
  reply: 4,
} as const;
export type PacketKind = (typeof PACKET_KIND)[keyof typeof PACKET_KIND];

export function packetHead(kind: PacketKind): number {
  return (PROTOCOL_VERSION << 4) | kind;
}

export function headVersion(head: number): number {
  return head >> 4;
}

export function headKind(head: number): number {
  return head & 0x0f;
}
