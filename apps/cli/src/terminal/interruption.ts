import { InterruptedError, ReaderGoneError, type CliError } from './errors.js';

/** The error with which a stopped command ends: quiet when only the reader has gone, otherwise with a report. */
export function interruption(signal: AbortSignal, report: string): CliError {
  return signal.reason instanceof ReaderGoneError ? signal.reason : new InterruptedError(report);
}
