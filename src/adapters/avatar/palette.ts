/** Colours of the figure and its surroundings, per theme: the design tokens, and shades of them that only the figure needs. */
import type { SegmentRole } from '../../core/body/segment-role.ts';

export type Theme = 'light' | 'dark';

export interface Palette {
  readonly skin: string;
  readonly hair: string;
  readonly top: string;
  readonly trousers: string;
  /** What unmeasured parts fade towards, and how far, 0 to 1. */
  readonly rest: string;
  readonly restAmount: number;
  readonly spine: string;
  /** Edge of the body against the page: darker on paper, lit in the dark. */
  readonly edge: string;
  readonly edgeAmount: number;
  readonly strap: string;
  readonly stitch: string;
  readonly tileEdge: string;
  readonly mark: string;
  readonly tile: Readonly<Record<SegmentRole, string>>;
  readonly shadow: string;
  readonly shadowAmount: number;
  readonly prop: string;
  readonly mat: string;
  readonly soft: string;
  readonly track: string;
  readonly tick: string;
  readonly fill: string;
  readonly bead: string;
  readonly target: string;
  readonly targetSoft: string;
  readonly peak: string;
  readonly key: number;
  readonly ambient: number;
  readonly rim: number;
  readonly sky: string;
  readonly ground: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    skin: '#DDBB9E',
    hair: '#3A302C',
    top: '#B4CEC8',
    trousers: '#8B9BA1',
    rest: '#EDE7DE',
    restAmount: 0.5,
    spine: '#FFFFFF',
    edge: '#6B4330',
    edgeAmount: 0.3,
    strap: '#2F4449',
    stitch: '#8FA3A6',
    tileEdge: '#FFFFFF',
    mark: '#FFFFFF',
    tile: {
      upperBack: '#1F5FA8',
      lowerBack: '#8A5A00',
      pelvis: '#8A5A00',
      upperArmLeft: '#6B3FA0',
      upperArmRight: '#6B3FA0',
    },
    shadow: '#5A4434',
    shadowAmount: 0.34,
    prop: '#E4DCCE',
    mat: '#EFE7DA',
    soft: '#F4EFE6',
    track: '#DDE3E1',
    tick: '#859499',
    fill: '#0B6B69',
    bead: '#FFFFFF',
    target: '#C2410C',
    targetSoft: '#FBE9DF',
    peak: '#4A5C62',
    key: 1.9,
    ambient: 1.55,
    rim: 0.7,
    sky: '#FFFDF8',
    ground: '#D8C4B2',
  },
  dark: {
    skin: '#B08C6D',
    hair: '#2B2320',
    top: '#3F6B67',
    trousers: '#3E4E53',
    rest: '#6B716F',
    restAmount: 0.42,
    spine: '#F3FAF8',
    edge: '#E9C9A8',
    edgeAmount: 0.34,
    strap: '#0B1517',
    stitch: '#6E8488',
    tileEdge: '#DCE8E6',
    mark: '#FFFFFF',
    tile: {
      upperBack: '#2F74C4',
      lowerBack: '#9A6A08',
      pelvis: '#9A6A08',
      upperArmLeft: '#7E50B8',
      upperArmRight: '#7E50B8',
    },
    shadow: '#000000',
    shadowAmount: 0.6,
    prop: '#243236',
    mat: '#1A2629',
    soft: '#32434A',
    track: '#2A3A3D',
    tick: '#6C8184',
    fill: '#4FC4BC',
    bead: '#0E1618',
    target: '#FF9A6B',
    targetSoft: '#35221A',
    peak: '#A9BABB',
    key: 1.75,
    ambient: 1.05,
    rim: 1.1,
    sky: '#E8EAE8',
    ground: '#3A322C',
  },
};
