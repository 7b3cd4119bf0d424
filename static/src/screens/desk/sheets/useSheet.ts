/** What every sheet does: digits choose while no field has the focus, one act at a time, closing when the server took it. */
import { onBeforeUnmount, ref, watch, type ComputedRef, type Ref } from 'vue'
import { keys, type Binding } from '../../../kernel/keys'
import type { Incident } from '../../../kernel/types'
import type { Desk } from '../desk'

/** Digits 1… choose among `count` things; letters can be added. */
export function useDigits(count: ComputedRef<number> | Ref<number>, choose: (n: number) => void, label: () => string, others: Binding[] = []): void {
  let off: (() => void) | null = null
  watch(count, (n) => {
    off?.()
    off = keys.push({ name: 'sheet-digits', bindings: [
      ...Array.from({ length: Math.min(9, n) }, (_, i): Binding => ({ code: `Digit${i + 1}`, label, quiet: i > 0, run: () => choose(i) })), ...others,
    ] })
  }, { immediate: true })
  onBeforeUnmount(() => off?.())
}

/** Incidents are chosen by their own sticky number, never by their place in a list. */
export function useNumbered(desk: Desk, among: ComputedRef<readonly Incident[]>, choose: (i: Incident) => void, label: () => string, others: ComputedRef<Binding[]> | null = null): void {
  let off: (() => void) | null = null
  watch([among, desk.numbers, ...(others ? [others] : [])], () => {
    off?.()
    const rows = among.value.map((i) => ({ i, n: desk.numbers.value.held[i.id] ?? 99 })).filter((r) => r.n < 10)
    off = keys.push({ name: 'sheet-numbers', bindings: [...rows.map(({ i, n }, k): Binding => ({ code: `Digit${n}`, label, quiet: k > 0, run: () => choose(i) })), ...(others?.value ?? [])] })
  }, { immediate: true })
  onBeforeUnmount(() => off?.())
}

export function useActing(desk: Desk): { busy: Ref<boolean>; wrong: Ref<string>; act: (label: string, name: string, payload: Record<string, unknown>, version?: number) => Promise<boolean> } {
  const busy = ref(false)
  const wrong = ref('')
  async function act(label: string, name: string, payload: Record<string, unknown>, version?: number): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    const done = await desk.doing.act(label, name, payload, version)
    busy.value = false
    if (done === null) { wrong.value = desk.doing.last.value?.text ?? ''; return false }
    desk.back()
    return true
  }
  return { busy, wrong, act }
}
