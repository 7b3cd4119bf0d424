/** A new order rings once and buzzes; an order to get out, and the warning of a danger area, repeat until they were read, another team's mayday on the same incident until
 * the desk has taken it. */
import { computed, watch } from 'vue'
import { sound, type Sounding } from '../../kernel/sound'
import type { Phone } from './phone'

export function useRinging({ open, alarms, teamId, stateNow, evacuations, dangers }: Phone): void {
  const orders = computed(() => open.value.filter((task) => stateNow(task).state === 'ordered').map((task) => task.id))
  const maydays = computed(() => alarms.value.filter((one) => one.cause.startsWith('mayday:') && one.team_id !== teamId && !one.acknowledged_at))
  watch([orders, maydays, evacuations.orders, dangers.inside], () => {
    const all: Sounding[] = [
      ...orders.value.map((id) => ({ cause: `order:${id}`, rank: 2 as const, lifeRisk: false })),
      ...evacuations.orders.value.map((one) => ({ cause: `evacuate:${one.key}`, rank: 1 as const, lifeRisk: true })),
      ...dangers.inside.value.map((one) => ({ cause: `danger:${one.area}`, rank: 1 as const, lifeRisk: true })),
      ...maydays.value.map((one) => ({ cause: one.cause, rank: 1 as const, lifeRisk: true })),
    ]
    sound.follow(all)
  }, { immediate: true })
  watch(orders, (now, before) => { if (now.some((id) => !before.includes(id))) navigator.vibrate?.([400, 150, 400, 150, 400]) })
}
