import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SUBMISSION_STATES, WARRANT_STATES } from '../../src/domain/index.ts';
import { afterFailure, afterSuccess, allowed } from '../../src/transmit/breaker.ts';
import { nextAct } from '../../src/transmit/lifecycle.ts';
import { pauseBefore, retryClass } from '../../src/transmit/retry.ts';
import { refill, take, untilNext } from '../../src/transmit/throttle.ts';

describe('The next message about a warrant', () => {
  const built = { kind: 'enter', state: 'built', wired: false } as const;
  const wired = { ...built, wired: true };
  const lost = { kind: 'enter', state: 'unsure', wired: true } as const;
  const flying = { kind: 'enter', state: 'on-the-wire', wired: true } as const;
  const cancel = { kind: 'cancel', state: 'built', wired: false } as const;

  it.each([
    ['verified, not held', { state: 'verified', held: false }, 'enter'],
    ['verified, held', { state: 'verified', held: true }, 'modify'],
    ['recalled, not held', { state: 'recalled', held: false }, 'none'],
    ['recalled, held', { state: 'recalled', held: true }, 'cancel'],
    ['expired, held', { state: 'expired', held: true }, 'cancel'],
    ['superseded, held', { state: 'superseded', held: true }, 'cancel'],
    ['served, held', { state: 'served', held: true }, 'clear'],
    ['served, never sent', { state: 'served', held: false }, 'none'],
    ['recalled, entry never on the wire', { state: 'recalled', held: false, open: built }, 'withdraw'],
    ['recalled, entry maybe there', { state: 'recalled', held: false, open: wired }, 'close'],
    ['recalled, entry unsure', { state: 'recalled', held: false, open: lost }, 'close'],
    ['recalled, entry flying', { state: 'recalled', held: false, open: flying }, 'wait'],
    ['recalled, cancel on its way', { state: 'recalled', held: true, open: cancel }, 'wait'],
    ['entered', { state: 'entered', held: true }, 'none'],
    ['in review, held', { state: 'review', held: true }, 'none'],
    ['rejected', { state: 'rejected', held: false }, 'none'],
    ['kept here, on file', { state: 'not-selected', held: true }, 'cancel'],
    ['kept here, not on file', { state: 'not-selected', held: false }, 'none'],
    ['kept here, entry unsent', { state: 'not-selected', held: false, open: built }, 'withdraw'],
    ['kept here, entry lost', { state: 'not-selected', held: false, open: lost }, 'close'],
    ['kept here, entry on its way', { state: 'not-selected', held: false, open: flying }, 'wait'],
    ['kept here, removal on its way', { state: 'not-selected', held: true, open: cancel }, 'wait'],
  ] as const)('%s: %s', (_what, standing, act) => {
    expect(nextAct(standing).act).toBe(act);
  });

  it('is never an entry of something held, nor a removal of something not held, nor a second one on its way', () => {
    const open = fc.option(
      fc.record({
        kind: fc.constantFrom('enter', 'modify', 'cancel', 'clear', 'supplemental', 'validate' as const),
        state: fc.constantFrom(...SUBMISSION_STATES),
        wired: fc.boolean(),
      }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.constantFrom(...WARRANT_STATES), fc.boolean(), open, (state, held, sub) => {
        const { act } = nextAct({ state, held, ...(sub ? { open: sub } : {}) });
        if (held) expect(act).not.toBe('enter');
        if (!held) expect(['modify', 'cancel', 'clear']).not.toContain(act);
        if (sub) expect(['wait', 'withdraw', 'close']).toContain(act);
      }),
    );
  });
});

describe('The retry class of an answer', () => {
  const code = (retryable: boolean) => ({ code: 'X', text: 'x', retryable });
  it.each([
    ['accepted', { kind: 'accepted', fcn: '1', warnings: [] }, 'settled'],
    ['on file', { kind: 'on-file', record: { fcn: '1', fields: {} } }, 'settled'],
    ['rejected', { kind: 'rejected', codes: [code(false)] }, 'never'],
    ['rejected in part for good', { kind: 'rejected', codes: [code(true), code(false)] }, 'never'],
    ['rejected for now', { kind: 'rejected', codes: [code(true)] }, 'ask'],
    ['queued there', { kind: 'queued' }, 'wait'],
    ['out of service', { kind: 'unavailable' }, 'later'],
    ['never received', { kind: 'not-received', closed: false }, 'later'],
  ] as const)('%s: %s', (_what, body, expected) => {
    expect(retryClass(body)).toBe(expected);
  });
});

describe('The pause before another try', () => {
  it('doubles, stays within half of it and the whole, and never passes the cap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, random) => {
          const whole = Math.min(60_000, 1000 * 2 ** (n - 1));
          const pause = pauseBefore(n, random, 1000, 60_000);
          expect(pause).toBeGreaterThanOrEqual(whole / 2);
          expect(pause).toBeLessThanOrEqual(whole);
        },
      ),
    );
  });
});

describe('The throttle', () => {
  const rate = { perSecond: 10, burst: 20 };

  it('lets through no more than the burst and the rate allow, whatever the clock does', () => {
    const step = fc.record({
      ms: fc.integer({ min: -5000, max: 5000 }),
      wanted: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let bucket = { tokens: 20, at: 0 };
        let now = 0;
        let forward = 0;
        let through = 0;
        for (const { ms, wanted } of steps) {
          now += ms;
          forward += Math.max(0, now - bucket.at);
          const took = take(refill(bucket, now, rate), wanted);
          bucket = took.bucket;
          through += took.taken;
          expect(bucket.tokens).toBeGreaterThanOrEqual(0);
          expect(bucket.tokens).toBeLessThanOrEqual(20);
        }
        expect(through).toBeLessThanOrEqual(20 + (forward / 1000) * 10);
      }),
    );
  });

  it('says how long until the next one', () => {
    expect(untilNext({ tokens: 0, at: 0 }, rate)).toBe(100);
    expect(untilNext({ tokens: 1.5, at: 0 }, rate)).toBe(0);
  });
});

describe('The breaker', () => {
  it('opens after five failures in a row, lets one through after its pause, and closes on success', () => {
    let breaker = afterSuccess();
    for (let n = 0; n < 4; n++) breaker = afterFailure(breaker, 1000);
    expect(allowed(breaker, 1000, 8)).toBe(8);
    breaker = afterFailure(breaker, 1000);
    expect(allowed(breaker, 1001, 8)).toBe(0);
    expect(allowed(breaker, 31_001, 8)).toBe(1);
    breaker = afterFailure(breaker, 31_001);
    expect(allowed(breaker, 31_002, 8)).toBe(0);
    expect(allowed(afterSuccess(), 31_002, 8)).toBe(8);
  });
});
