/** Turns pages every fifteen seconds, never while someone looks: touch, mouse or a key holds for two minutes. */
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useNow } from '../../kernel/use'

const TURN_MS = 15_000
const HOLD_MS = 120_000
const HANDS = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const

const heldUntil = ref(0)
let users = 0
const hold = (): void => { heldUntil.value = Date.now() + HOLD_MS }

export function usePaging(pages: () => number): { page: Ref<number>; held: ComputedRef<boolean> } {
  const page = ref(0)
  const now = useNow()
  let turnedAt = Date.now()
  if (users === 0) for (const hand of HANDS) addEventListener(hand, hold, { passive: true })
  users += 1
  onScopeDispose(() => { users -= 1; if (users === 0) for (const hand of HANDS) removeEventListener(hand, hold) })
  const held = computed(() => { void now.value; return heldUntil.value > Date.now() })
  watch(now, () => {
    const all = pages()
    if (page.value >= all) page.value = 0
    if (all < 2 || held.value) { turnedAt = Date.now(); return }
    if (Date.now() - turnedAt < TURN_MS) return
    turnedAt = Date.now()
    page.value = (page.value + 1) % all
  })
  return { page, held }
}
