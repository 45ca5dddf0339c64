// What node:http can do at best: the constant that a start answers with, whatever is asked.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = JSON.stringify({
  RequestId: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E',
  ExecutionId: 'exec-5fb8facb8ed7427c0a1b',
})
const headers = {
  'content-type': 'application/json;charset=utf-8',
  'content-length': Buffer.byteLength(body),
}
const server = createServer((_, response) => {
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
process.once('SIGTERM', () => server.close(() => process.exit()).closeAllConnections())
