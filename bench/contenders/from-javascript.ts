/** Times what is called from JavaScript, with tinybench: samples of many calls each, so that no clock is charged. */
import { Bench } from 'tinybench'

/** Samples within one measurement. */
const SAMPLES = 5

function nanosecondsOf(bench: Bench, which: 'mean' | 'p50', callsPerSample: number): number {
  const result = bench.tasks[0]!.result
  if (result.state === 'errored') throw result.error
  if (result.state !== 'completed') throw new Error(`tinybench: the task is ${result.state}`)
  return (result.latency[which] * 1e6) / callsPerSample
}

const createBench = (): Bench => new Bench({ iterations: SAMPLES, time: 0, warmup: false })

/** A function that makes about as many calls as it is told and gives the mean of nanoseconds a call. */
export function timeCalls(call: () => unknown): (calls: number) => number {
  return (calls) => {
    const each = Math.max(1, Math.round(calls / SAMPLES))
    const bench = createBench().add('call', () => {
      for (let index = 0; index < each; index++) call()
    })
    bench.runSync()
    return nanosecondsOf(bench, 'mean', each)
  }
}

/** The median for what answers with a promise: each call starts when the one before has settled. */
export function timeAsyncCalls(call: () => Promise<unknown>): (calls: number) => Promise<number> {
  return async (calls) => {
    const each = Math.max(1, Math.round(calls / SAMPLES))
    const bench = createBench().add(
      'call',
      async () => {
        for (let index = 0; index < each; index++) await call()
      },
      { async: true },
    )
    await bench.run()
    return nanosecondsOf(bench, 'p50', each)
  }
}
