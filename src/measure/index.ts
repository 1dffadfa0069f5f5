/** Measuring: kernel time, the FMA peak, the core's clock and the time-stamp counter. */
export { clockCode, coreGigahertz, cyclesPerTick } from './core-clock.ts'
export { type PeakType, type PeakVector, peakCode, samplePeak, samplePeaks } from './fma-peak.ts'
export { type PeakLoop, sampleLoop } from './peak-loop.ts'
export { repeatCode, timeKernel } from './repeat.ts'
export { type Spread, spreadOf } from './spread.ts'
export { calibrateTsc, nanosecondsPerTick } from './ticks.ts'
export { timeWarm, type WarmTimes } from './warm.ts'
