export { calibrate, type Calibration } from './calibrate.js';
export { calibrateDefaults, calibrateLimits, type CalibrateOptions } from './calibrate-options.js';
export type { Beside, CalibrationReport, CalibrationWeek, CoverageKey, DemandClasses } from './report.js';
export { salesColumns, type SalesRow } from './sales-row.js';
//# sourceMappingURL=index.d.ts.map