/** Holds the README to the truth: its TypeScript stands in the examples, which run; its commands exist. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const readme = readFileSync(`${root}README.md`, 'utf8')
const examples = readdirSync(`${root}examples`).filter((file) => file.endsWith('.ts'))
const sources = examples.map((file) =>
  readFileSync(`${root}examples/${file}`, 'utf8')
    .split('\n')
    .map((l) => l.trim()),
)

const tests = suite('readme')

/** Whether the lines stand in the source in this order, others between them allowed. */
function containsInOrder(source: readonly string[], lines: readonly string[]): boolean {
  let at = 0
  for (const line of lines) {
    at = source.indexOf(line, at)
    if (at < 0) return false
    at++
  }
  return true
}

tests('every TypeScript block stands in an example', () => {
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) =>
    match[1]!
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  assert.ok(blocks.length > 3)
  const strangers = blocks.filter((lines) => !sources.some((source) => containsInOrder(source, lines)))
  assert.equal(strangers, [])
})

tests('every npm script that it names exists', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const [, name] of readme.matchAll(/npm run ([\w:-]+)/g)) assert.ok(name! in scripts, name)
})

tests('no page has marks of a merge left in it', () => {
  const pages = ['README.md', 'CHANGELOG.md', ...readdirSync(`${root}docs`).map((page) => `docs/${page}`)]
  const marked = pages.filter((page) =>
    /^(<{7}|={7}|>{7})( |$)/m.test(readFileSync(`${root}${page}`, 'utf8')),
  )
  assert.equal(marked, [])
})

for (const example of examples) {
  tests(`examples/${example} runs`, () => {
    if (!NATIVE) return skip('native code does not run here')
    const output = execFileSync(process.execPath, ['--import', 'tsx', `examples/${example}`], {
      cwd: root,
      encoding: 'utf8',
    })
    assert.ok(output.length > 0)
    assert.not.match(output, /wrong|undefined|NaN/)
  })
}

tests.run()
