import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { usePaging } from './paging'

/** the screen's one tick a second, by hand */
const now = shallowRef(0)
vi.mock('../../kernel/use', () => ({ useNow: () => now }))
const hands = new EventTarget()
let scope: EffectScope

async function pass(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i += 1) {
    await vi.advanceTimersByTimeAsync(1000)
    now.value += 1000
    await nextTick()
  }
}

describe('usePaging', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_800_000_000_000 })
    vi.stubGlobal('addEventListener', hands.addEventListener.bind(hands))
    vi.stubGlobal('removeEventListener', hands.removeEventListener.bind(hands))
    scope = effectScope()
  })
  afterEach(() => { scope.stop(); vi.unstubAllGlobals(); vi.useRealTimers() })

  it('turns a page every fifteen seconds and begins again', async () => {
    const { page } = scope.run(() => usePaging(() => 3))!
    await pass(14)
    expect(page.value).toBe(0)
    await pass(2)
    expect(page.value).toBe(1)
    await pass(31)
    expect(page.value).toBe(0)
  })
  it('turns nothing for two minutes after a hand has moved', async () => {
    const { page, held } = scope.run(() => usePaging(() => 3))!
    await pass(16)
    hands.dispatchEvent(new Event('pointermove'))
    await pass(100)
    hands.dispatchEvent(new Event('keydown'))
    await pass(110)
    expect([page.value, held.value]).toEqual([1, true])
    await pass(26)
    expect([page.value, held.value]).toEqual([2, false])
  })
  it('comes back to the first page when there are fewer', async () => {
    let all = 3
    const { page } = scope.run(() => usePaging(() => all))!
    await pass(31)
    all = 1
    await pass(1)
    expect(page.value).toBe(0)
  })
})
