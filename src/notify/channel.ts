import type { AlertSeverity } from '../alerts.ts';
import type { AlertPhase } from '../store/index.ts';

/** One thing to be told: that an alert began, or that it ended. No personal data is in it. */
export interface AlertNews {
  /** The same for every repetition of this news, so that a receiver knows one. */
  readonly id: string;
  readonly phase: AlertPhase;
  readonly key: string;
  readonly severity: AlertSeverity;
  readonly message: string;
  readonly openedAt: string;
  readonly closedAt?: string;
  /** The county whose installation this is. */
  readonly county: string;
}

/** A way to tell people. `tell` throws where it could not; the news is then told again later. */
export interface AlertChannel {
  readonly name: string;
  /** The least severity it is used for. */
  readonly severity: AlertSeverity;
  tell(news: AlertNews): Promise<void>;
  close(): Promise<void>;
}
