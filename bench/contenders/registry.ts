/** All contenders there are, by name: what they are, how they are opened, how one gets them. */
import { BANDWIDTH, openBandwidth } from './bandwidth.ts'
import { openBlis } from './blis.ts'
import type { Contender, Setting } from './contender.ts'
import { openJavaScriptLoop } from './javascript-loop.ts'
import { BLIS_LIBRARIES, libxsmmLibraries, ONEDNN_LIBRARIES, OPENBLAS_LIBRARIES } from './libraries.ts'
import { openLibxsmm } from './libxsmm.ts'
import { openNumpyTs } from './numpy-ts.ts'
import { openOneDnn, openOneDnnMatmul } from './onednn.ts'
import { openOnnxRuntime } from './onnxruntime.ts'
import { openOpenBlas } from './openblas.ts'
import { openTfjsWasm } from './tfjs-wasm.ts'
import { openMatmul, openTilewright } from './tilewright.ts'

/** One kind of contender. */
export interface Kind {
  /** `own`: part of this project; `baseline`: what anyone has; `native`: a shared library; `package`: from npm. */
  readonly source: 'own' | 'baseline' | 'native' | 'package'
  /** What to do when it is missing. */
  readonly install: string
  /** Opens it: from a library's file or a folder with node_modules where a path is given. */
  open(path: string | null, setting: Setting): Contender | Promise<Contender>
}

const own = (open: (setting: Setting) => Contender): Kind => ({
  source: 'own',
  install: '',
  open: (_path, setting) => open(setting),
})

const library = (
  install: string,
  candidates: () => readonly string[],
  open: (candidates: readonly string[], setting: Setting) => Contender,
): Kind => ({
  source: 'native',
  install,
  open: (path, setting) => open(path === null ? candidates() : [path], setting),
})

const npm = (name: string, open: (folder: string | null, setting: Setting) => Promise<Contender>): Kind => ({
  source: 'package',
  install: `npm install --no-save ${name}`,
  open,
})

export const OURS = 'tilewright'

export const KINDS: Readonly<Record<string, Kind>> = {
  [OURS]: own(openTilewright),
  matmul: own(openMatmul),
  'JavaScript loop': { ...own(openJavaScriptLoop), source: 'baseline' },
  [BANDWIDTH]: own(openBandwidth),
  openblas: library('apt-get install libopenblas0-pthread', () => OPENBLAS_LIBRARIES, openOpenBlas),
  blis: library('apt-get install libblis4-pthread', () => BLIS_LIBRARIES, openBlis),
  onednn: library('apt-get install libdnnl2', () => ONEDNN_LIBRARIES, openOneDnn),
  'onednn-matmul': library('apt-get install libdnnl2', () => ONEDNN_LIBRARIES, openOneDnnMatmul),
  libxsmm: library('apt-get install libxsmm-dev gcc', libxsmmLibraries, openLibxsmm),
  onnxruntime: npm('onnxruntime-node', openOnnxRuntime),
  'tfjs-wasm': npm('@tensorflow/tfjs-core @tensorflow/tfjs-backend-wasm', openTfjsWasm),
  'numpy-ts': npm('numpy-ts', openNumpyTs),
}

/** A contender to be opened: its name in the report, its kind, and a path where one was given. */
export interface Entry {
  readonly name: string
  readonly kind: string
  readonly path: string | null
}

/** Whether a contender of that name is part of this project, and so no peer. */
export function isOwn(name: string): boolean {
  return Object.hasOwn(KINDS, name) && KINDS[name]!.source === 'own'
}

/** Names of the peers of a source. */
export function peersFrom(source: 'native' | 'package'): readonly string[] {
  return Object.keys(KINDS).filter((name) => KINDS[name]!.source === source)
}
