// Runs the recorded operations through the real store of static/src, and holds it against a fresh one at each look.
// usage: node store.mjs STORE.ts RECORDING.jsonl  → a line of JSON for each difference
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

registerHooks({
  resolve: (name, context, next) => next(name.startsWith('./') && !name.endsWith('.ts') ? `${name}.ts` : name, context),
})
const { Store } = await import(pathToFileURL(process.argv[2]).href)
const screens = new Map()
const told = new Set()
let looks = 0

/** Each difference once, when it first appears. */
function tell(difference) {
  const key = `${difference.screen} ${difference.key ?? difference.topic ?? 'hole'}`
  if (!told.has(key)) console.log(JSON.stringify(difference))
  told.add(key)
}

const plain = (store) => {
  const { rows, timelines } = store.serialise()
  const lines = timelines.map(([topic, items]) => [topic, items.map((i) => ({ ...i, cursor: Number(i.cursor.split('.').pop()) }))])
  return { rows: new Map(rows.map(([kind, record, topics]) => [`${kind}/${record.id}`, { record, topics }])), lines: new Map(lines) }
}
const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (v) =>
  v === null || typeof v !== 'object' ? v
  : Array.isArray(v) ? v.map(sorted)
  : Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])]))
const brief = (v) => v && { topics: v.topics, version: v.record?.version, live: v.record?.live, title: v.record?.title, incident_id: v.record?.incident_id, state: v.record?.state }

function differences(held, wanted) {
  const found = []
  for (const key of new Set([...held.rows.keys(), ...wanted.rows.keys()])) {
    const [a, b] = [held.rows.get(key), wanted.rows.get(key)]
    if (!same(a, b)) found.push({ key, held: brief(a), wanted: brief(b), fields: a && b ? Object.keys(a.record).filter((k) => !same(a.record[k], b.record[k])) : [] })
  }
  for (const topic of new Set([...held.lines.keys(), ...wanted.lines.keys()])) {
    const [a, b] = [held.lines.get(topic) ?? [], wanted.lines.get(topic) ?? []]
    if (!same(a, b)) found.push({ topic, held: a.map((i) => `${i.cursor} ${i.type}`), wanted: b.map((i) => `${i.cursor} ${i.type}`) })
  }
  return found
}

for (const line of readFileSync(process.argv[3], 'utf8').split('\n').filter(Boolean)) {
  const { screen, after, operations, fresh } = JSON.parse(line)
  const store = screens.get(screen) ?? new Store()
  screens.set(screen, store)
  for (const one of operations) {
    if (one.do === 'snapshot') store.applySnapshot(one.topic, one)
    else if (one.do === 'drop') store.dropTopic(one.topic)
    else {
      const { holes } = store.applyEntries(one.message)
      if (holes.length) tell({ screen, after, holes })
    }
  }
  const other = new Store()
  for (const [topic, state] of Object.entries(fresh)) other.applySnapshot(topic, state)
  for (const difference of differences(plain(store), plain(other))) tell({ screen, after, ...difference })
  looks += 1
}
console.log(JSON.stringify({ looks }))
