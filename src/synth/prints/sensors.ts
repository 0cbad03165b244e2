/** How a way of taking prints looks. Greys 0-255, lengths in pixels at 500 ppi. */
export interface Sensor {
  readonly width: number;
  readonly height: number;
  /** Grey where nothing touches, and where a ridge prints fully. */
  readonly background: number;
  readonly ink: number;
  /** How much the ink's darkness varies over the print, 0-1. */
  readonly unevenness: number;
  /** Half the step from paper to ink on the ridge-height scale of -1 to 1: small is crisp. */
  readonly softness: number;
  /** Deviation of the grey noise of a pixel, on and off the print. */
  readonly noise: number;
  /** Slow variation and vertical stripes of the background, in greys. */
  readonly cloud: number;
  readonly stripes: number;
  /** Mean number of specks of dirt. */
  readonly specks: number;
  /** Size of the contact relative to a normal touch. */
  readonly contact: number;
  /** Added to a touch's dryness, and how much dryness varies over the print, see `touch.ts`. */
  readonly dryness: number;
  readonly blots: number;
  /** Wear of the ridges, 0-1, and mean number of fresh scratches. */
  readonly wear: number;
  readonly scratches: number;
}

export type ImpressionKind = 'livescan' | 'capacitive' | 'inked' | 'worn' | 'latent';

const LIVESCAN: Sensor = {
  width: 388,
  height: 420,
  background: 252,
  ink: 28,
  unevenness: 0.35,
  softness: 0.55,
  noise: 2,
  cloud: 2,
  stripes: 0,
  specks: 5,
  contact: 1,
  dryness: 0,
  blots: 0.45,
  wear: 0,
  scratches: 0.4,
};

/** Frames and looks after the kinds of sensor in the FVC sets, a ten-print card and a lifted print. */
export const SENSORS: Readonly<Record<ImpressionKind, Sensor>> = {
  livescan: LIVESCAN,
  capacitive: {
    ...LIVESCAN,
    width: 300,
    height: 300,
    background: 118,
    ink: 26,
    softness: 0.4,
    noise: 6,
    cloud: 18,
    stripes: 5,
    specks: 2,
    contact: 0.95,
    blots: 0.45,
  },
  inked: {
    ...LIVESCAN,
    width: 500,
    height: 500,
    background: 232,
    ink: 34,
    unevenness: 0.55,
    softness: 0.7,
    noise: 5,
    cloud: 9,
    specks: 14,
    contact: 1.06,
    dryness: -0.18,
    blots: 0.95,
    scratches: 0.8,
  },
  worn: { ...LIVESCAN, ink: 60, dryness: 0.15, blots: 0.55, wear: 0.55, scratches: 5 },
  latent: {
    ...LIVESCAN,
    width: 400,
    height: 440,
    background: 176,
    ink: 92,
    unevenness: 0.6,
    softness: 0.9,
    noise: 10,
    cloud: 34,
    stripes: 4,
    specks: 40,
    contact: 0.8,
    dryness: 0.1,
    blots: 0.8,
    wear: 0.2,
    scratches: 3,
  },
};
