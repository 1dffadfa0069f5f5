/** How long an editor waits: completion, signature and hover of the typed methods, from TypeScript's language server. */
import { spawn } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const SERVER = fileURLToPath(new URL('../node_modules/typescript/lib/tsc.js', import.meta.url))
/** A file that an editor has open and nobody has saved. */
const DOCUMENT = pathToFileURL(`${root}examples/unsaved.ts`).href
const LINES = [
  "import { Assembler, mem, rax, zmm } from 'tilewright'",
  'const a = new Assembler()',
  'a.vaddps(zmm(1), zmm(2), mem(rax))',
  'a.',
]
const ROUNDS = 9

interface Answer {
  readonly id?: number
  readonly method?: string
  readonly result?: unknown
}

const server = spawn(process.execPath, [SERVER, '--lsp', '--stdio'], {
  cwd: root,
  stdio: ['pipe', 'pipe', 'inherit'],
})
const waiting = new Map<number, (answer: Answer) => void>()
let received = Buffer.alloc(0)
let nextId = 1

function send(message: object): void {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message })
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

function request(method: string, params: object): Promise<Answer> {
  const id = nextId++
  send({ id, method, params })
  return new Promise((resolve) => waiting.set(id, resolve))
}

/** The first whole message, taken from what was received; null when there is none yet. */
function takeMessage(): Answer | null {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return null
  const length = Number(/Content-Length: (\d+)/i.exec(received.toString('latin1', 0, end))?.[1])
  const start = end + 4
  if (received.length < start + length) return null
  const message = JSON.parse(received.toString('utf8', start, start + length)) as Answer
  received = received.subarray(start + length)
  return message
}

server.stdout.on('data', (chunk: Buffer) => {
  received = Buffer.concat([received, chunk])
  for (let message = takeMessage(); message !== null; message = takeMessage()) {
    if (message.id === undefined) continue
    // What the server asks of us has no answer.
    if (message.method !== undefined) send({ id: message.id, result: null })
    else waiting.get(message.id)?.(message)
  }
})

const position = (line: number, character: number) => ({
  textDocument: { uri: DOCUMENT },
  position: { line, character },
})
const QUESTIONS = [
  ['completion after `a.`', 'textDocument/completion', position(3, 2)],
  ['signature of vaddps', 'textDocument/signatureHelp', position(2, 9)],
  ['hover over vaddps', 'textDocument/hover', position(2, 4)],
] as const

await request('initialize', {
  processId: process.pid,
  rootUri: pathToFileURL(root).href,
  capabilities: { textDocument: { completion: {}, hover: {}, signatureHelp: {} } },
})
send({ method: 'initialized', params: {} })
send({
  method: 'textDocument/didOpen',
  params: { textDocument: { uri: DOCUMENT, languageId: 'typescript', version: 1, text: LINES.join('\n') } },
})
for (const [name, method, params] of QUESTIONS) {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const { result } = await request(method, params)
    times.push(performance.now() - start)
    if (result === null || result === undefined) throw new Error(`${name}: no answer`)
  }
  const [first = 0, ...later] = times
  const median = later.sort((a, b) => a - b)[later.length >> 1] ?? 0
  console.log(`${name.padEnd(24)} first ${first.toFixed(0)} ms, then ${median.toFixed(1)} ms`)
}
server.kill()
