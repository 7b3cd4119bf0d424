import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { disk, type QueuedItem } from './disk'
import { Problem } from './http'
import type { Outcome } from './live'
import { Outbox, inOrder } from './outbox'

const done = (id: string): Outcome => ({ ok: true, result: {}, cursor: null, command_id: id })
const refusal = (id: string, status: number, type = 'about:blank'): Outcome =>
  ({ ok: false, problem: new Problem({ type, title: 'x', status }), command_id: id })

describe('outbox', () => {
  it('lets a mayday go before words and words before photos, each in the order they were put', () => {
    const item = (command_id: string): QueuedItem => ({ command_id, bulky: command_id[0] === 'p', urgent: command_id[0] === 'm' }) as QueuedItem
    expect(inOrder(['p1', 'w1', 'm1', 'p2', 'w2', 'm2'].map(item)).map((one) => one.command_id)).toEqual(['m1', 'm2', 'w1', 'w2', 'p1', 'p2'])
  })

  let sent: QueuedItem[]
  let answer: (item: QueuedItem) => Outcome
  let actor: string | null
  const made: Outbox[] = []
  const open = async (): Promise<Outbox> => {
    const outbox = new Outbox({ actor: () => actor, send: async (item) => { sent.push(item); return answer(item) } })
    made.push(outbox)
    await outbox.open()
    return outbox
  }
  beforeEach(async () => {
    made.splice(0).forEach((o) => o.close())
    const db = await disk()
    await Promise.all([db.clear('queue'), db.clear('refused')])
    sent = []
    actor = 'li'
    answer = (item) => done(item.command_id)
  })

  it('writes an item down with its actor, device, world and time before it sends it', async () => {
    answer = (item) => refusal(item.command_id, 0)
    const outbox = await open()
    const id = await outbox.put({ name: 'task.accept', payload: { id: 't' } })
    await outbox.flush()
    expect(outbox.pending).toMatchObject([{ command_id: id, name: 'task.accept', payload: { id: 't' }, actor: 'li', world: 0 }])
    expect(outbox.pending[0]?.device).toBeTypeOf('string')
    expect(Date.parse(outbox.pending[0]!.made_at)).toBeGreaterThan(0)
  })
  it('sends in order, each under its own id, and is empty afterwards', async () => {
    answer = (item) => refusal(item.command_id, 0)
    const outbox = await open()
    const ids = [await outbox.put({ name: 'a', payload: {} }), await outbox.put({ name: 'b', payload: {} }), await outbox.put({ name: 'c', payload: {} })]
    await outbox.flush()
    sent = []
    answer = (item) => done(item.command_id)
    await outbox.flush()
    expect(sent.map((i) => i.command_id)).toEqual(ids)
    expect(outbox.pending).toEqual([])
  })
  it.each([[0], [401], [408], [429], [500], [503], [507]])('keeps the item and all after it on %i', async (status) => {
    answer = (item) => (item.name === 'first' ? refusal(item.command_id, status) : done(item.command_id))
    const outbox = await open()
    await outbox.put({ name: 'first', payload: {} })
    await outbox.put({ name: 'second', payload: {} })
    await outbox.flush()
    expect(outbox.pending.map((i) => i.name)).toEqual(['first', 'second'])
    expect(outbox.refused).toEqual([])
    expect(sent.every((i) => i.name === 'first')).toBe(true)
  })
  it('keeps the item when the CSRF value is out of date, whatever its status', async () => {
    answer = (item) => refusal(item.command_id, 403, 'urn:fengsui:problem:csrf')
    const outbox = await open()
    await outbox.put({ name: 'a', payload: {} })
    await outbox.flush()
    expect(outbox.pending).toHaveLength(1)
  })
  it.each([[400], [403], [404], [409], [410], [413], [422]])('moves the item to the refused list on %i, goes on, and keeps it until read', async (status) => {
    answer = (item) => (item.name === 'first' ? refusal(item.command_id, status) : done(item.command_id))
    const outbox = await open()
    const id = await outbox.put({ name: 'first', payload: {} })
    await outbox.put({ name: 'second', payload: {} })
    await outbox.flush()
    expect(outbox.pending).toEqual([])
    expect(outbox.refused).toMatchObject([{ command_id: id, name: 'first', problem: { status } }])
    await outbox.read(id)
    expect(outbox.refused).toEqual([])
  })
  it('sends what is put down while another item is on its way', async () => {
    const outbox = await open()
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => outbox.put({ name, payload: {} })))
    await outbox.flush()
    await outbox.put({ name: 'e', payload: {} })
    await outbox.flush()
    expect(sent.map((i) => i.name).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(outbox.pending).toEqual([])
  })
  it('tells of a refusal once, with what was said', async () => {
    answer = (item) => refusal(item.command_id, 409)
    const outbox = await open()
    const told: string[] = []
    outbox.onRefused = (item) => told.push(`${item.name} ${item.problem.status}`)
    await outbox.put({ name: 'task.transition', payload: { to: 'on_scene' } })
    await outbox.flush()
    expect(told).toEqual(['task.transition 409'])
  })
  it('survives a reload and sends what was left', async () => {
    answer = (item) => refusal(item.command_id, 0)
    const first = await open()
    const id = await first.put({ name: 'a', payload: {} })
    await first.flush()
    first.close()
    answer = (item) => done(item.command_id)
    sent = []
    const second = await open()
    await second.flush()
    expect(sent.map((i) => i.command_id)).toEqual([id])
  })
  it('sends nothing of a drill into life, and tells what became of an item', async () => {
    answer = (item) => refusal(item.command_id, 0)
    const drill = new Outbox({ actor: () => actor, world: 7, send: async (item) => answer(item) })
    made.push(drill)
    const drilled = await drill.put({ name: 'evacuation.count', payload: {} })
    await drill.flush()
    expect(await drill.outcome(drilled, 0)).toBe('waiting')
    drill.close()
    answer = (item) => (item.name === 'bad' ? refusal(item.command_id, 409) : done(item.command_id))
    const life = await open()
    await life.flush()
    expect([sent, life.pending]).toEqual([[], []])
    expect(await life.outcome(await life.put({ name: 'good', payload: {} }), 5_000)).toBe('taken')
    expect(await life.outcome(await life.put({ name: 'bad', payload: {} }), 5_000)).toMatchObject({ name: 'bad', problem: { status: 409 } })
    const again = new Outbox({ actor: () => actor, world: 7, send: async (item) => { sent.push(item); return answer(item) } })
    made.push(again)
    await again.open()
    await again.flush()
    expect(sent.at(-1)).toMatchObject({ command_id: drilled, world: 7 })
  })
  it('never sends one person’s words under another’s session', async () => {
    answer = (item) => refusal(item.command_id, 401)
    const outbox = await open()
    await outbox.put({ name: 'a', payload: {} })
    await outbox.flush()
    sent = []
    actor = 'wang'
    answer = (item) => done(item.command_id)
    await outbox.flush()
    expect(sent).toEqual([])
    expect(outbox.pending).toEqual([])
    actor = 'li'
    await outbox.flush()
    expect(sent).toHaveLength(1)
  })
  it('will not take anything down when nobody is signed in', async () => {
    const outbox = await open()
    actor = null
    await expect(outbox.put({ name: 'a', payload: {} })).rejects.toThrow('signed in')
  })
})
