/** Since when the picture stands still: the server speaks at least every ten seconds; two more and it counts as stopped. */
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'

const STOPPED_MS = 12_000
const KEY: InjectionKey<ComputedRef<number | null>> = Symbol('stopped')

/** Server time of its last word when that lies too far back, else null; all panels below know it. */
export function watchStopped(heard: () => number | null, now: () => number): ComputedRef<number | null> {
  const stopped = computed(() => { const at = heard(); return at !== null && now() - at > STOPPED_MS ? at : null })
  provide(KEY, stopped)
  return stopped
}
export const useStopped = (): ComputedRef<number | null> => inject(KEY)!
