/** A token bucket: `rate` tokens a second flow in, at most `burst` stay. */
export interface Bucket {
  readonly tokens: number;
  /** Epoch milliseconds at which `tokens` was right. */
  readonly at: number;
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** The bucket as it is now. A clock that went back adds nothing and takes nothing. */
export function refill(bucket: Bucket, now: number, rate: Rate): Bucket {
  const elapsed = Math.max(0, now - bucket.at);
  return { tokens: Math.min(rate.burst, bucket.tokens + (elapsed / 1000) * rate.perSecond), at: now };
}

/** Takes up to `wanted` whole tokens. */
export function take(bucket: Bucket, wanted: number): { bucket: Bucket; taken: number } {
  const taken = Math.max(0, Math.min(wanted, Math.floor(bucket.tokens)));
  return { bucket: { tokens: bucket.tokens - taken, at: bucket.at }, taken };
}

/** Milliseconds until one token is there. */
export function untilNext(bucket: Bucket, rate: Rate): number {
  return bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) / rate.perSecond) * 1000);
}
