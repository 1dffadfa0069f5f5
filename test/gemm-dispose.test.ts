/** Kernels that are disposed leave nothing behind; `npm run fuzz -- dispose` runs thousands more. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileAndDispose, growth } from '../fuzz/dispose.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const dispose = suite('compile and dispose')

dispose('hundreds of kernels leave no mappings, threads or memory behind', async () => {
  if (!NATIVE) return skip('native code needs linux-x64')
  assert.equal(growth(await compileAndDispose(500)), [])
})

dispose.run()
