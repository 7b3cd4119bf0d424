/** What all pieces of the phone's screen share: own team, own tasks, the queue, the line, contacts, position, and one way to send. */
import { computed, inject, onScopeDispose, provide, ref, watch, type InjectionKey } from 'vue'
import type { Screen } from '../../kernel/begin'
import { lang } from '../../kernel/i18n'
import { useAll, useLine, useNow, useOne, useOutbox } from '../../kernel/use'
import { hm } from '../../kernel/ages'
import { word } from '../../kernel/words'
import { english, placesOf } from '../../parts/english'
import { Contacts } from './contacts'
import { echoId, openTasks, shownState, type OwnTask, type Shown } from './mine'
import { useHistory } from './history'
import { useEvacuations } from './evacuation'
import { useDangers } from './dangers'
import { usePhotos } from './photos'
import { useSent } from './sent'
import { Sharing } from './sharing'
import { t } from './words'

const SELECTED = 'fengsui.field.task'
const ECHOED = 'fengsui.field.echoed'

function build(screen: Screen, teamId: string) {
  const { store, live, outbox, session } = screen
  const now = useNow()
  const line = useLine(live)
  const box = useOutbox(outbox)
  /** server time of the last word from it; before the first, when the kept picture was saved */
  const heardAt = computed(() => { void now.value; return line.heardAt() ?? (screen.keptAt ? Date.parse(screen.keptAt) : null) })
  const tasks = useAll(store, 'task')
  const team = useOne(store, 'team', () => teamId)
  const alarms = useAll(store, 'alarm')
  const chosen = ref(localStorage.getItem(SELECTED))
  const open = computed(() => openTasks(tasks.value.filter((task) => task.team_id === teamId)))
  const task = computed(() => open.value.find((one) => one.id === chosen.value) ?? open.value[0])
  const incident = useOne(store, 'incident', () => task.value?.incident_id)
  const sent = useSent(box, (id) => store.get('task', id))
  const stateNow = (one: OwnTask): Shown => shownState(one, box.value.pending, sent.value)
  const shown = computed(() => (task.value ? stateNow(task.value) : null))
  const choose = (id: string): void => { chosen.value = id; localStorage.setItem(SELECTED, id) }
  // pinned: a new order stands out in its key, it never changes what is under the thumb
  watch(task, (now) => { if (now && now.id !== chosen.value) choose(now.id) }, { immediate: true })
  const contacts = new Contacts(session.actor.id)
  const places = computed(() => placesOf([...contacts.known.value.values()]))
  /** a name as this language has it, as far as this phone knows the places */
  const named = (text: string): string => english(text, places.value)
  const photos = usePhotos(session.actor.id, box)
  const history = useHistory(session.actor.id)
  const evacuations = useEvacuations(open, session.actor.name)
  const sharing = new Sharing(session.actor.id, teamId)
  const onDuty = computed(() => {
    const waiting = box.value.pending.filter((item) => item.name === 'team.duty').at(-1)
    return waiting ? waiting.payload.on_duty === true : (team.value?.on_duty ?? false)
  })

  /** Written down first, then sent; the queue settles it. */
  const send = (name: string, payload: Record<string, unknown>, label: string): Promise<string> => outbox.put({ name, payload, label, bulky: name === 'task.photo' || name === 'hazard.report', urgent: name.startsWith('team.mayday') || name === 'danger_entry.receipt' })

  const dangers = useDangers(store, teamId, sharing.fix, now, (one) => void send('danger_entry.receipt', { id: one.id, at: new Date(now.value).toISOString() }, t('dangerRead', { what: word('danger_sorts', one.sort), time: hm(now.value) })))

  void contacts.open()
  void sharing.open()
  watch(() => onDuty.value || open.value.length > 0, (wanted) => sharing.follow(wanted), { immediate: true })
  watch(
    () => [line.state.value === 'live', session.county?.code, team.value?.centre, task.value?.ordered_centre, incident.value?.centre, incident.value?.village_code] as const,
    ([up, ...codes]) => { if (up) void contacts.need(codes) }, { immediate: true },
  )
  onScopeDispose(() => sharing.close())

  return { screen, store, session, teamId, now, line, heardAt, box, team, alarms, open, task, incident, shown, stateNow, contacts, sharing, photos, history, evacuations, dangers, onDuty, send, choose, named }
}
export type Phone = ReturnType<typeof build>
const KEY: InjectionKey<Phone> = Symbol('phone')

export function providePhone(screen: Screen, teamId: string): Phone {
  const phone = build(screen, teamId)
  provide(KEY, phone)
  echoRefused(phone)
  return phone
}
export function usePhone(): Phone {
  const phone = inject(KEY)
  if (!phone) throw new Error('outside of the phone\'s screen')
  return phone
}

/** What the server did not take still reaches the timeline and the desk: the scene's words are sent once, as words. */
function echoRefused({ box, screen }: Phone): void {
  const echoed = new Set<string>(JSON.parse(localStorage.getItem(ECHOED) ?? '[]') as string[])
  watch(() => box.value.refused, (refused) => {
    for (const item of refused) {
      const taskId = item.payload.id
      if (echoed.has(item.command_id) || !item.name.startsWith('task.') || item.name === 'task.tell' || typeof taskId !== 'string') continue
      echoed.add(item.command_id)
      const text = t('echo', { time: hm(item.at), what: item.label ?? item.name })
      const payload = { id: taskId, text, why: 'refused' }
      void screen.outbox.put({ name: 'task.tell', payload, label: text, at: item.at, command_id: echoId(item.command_id) })
        .then(() => localStorage.setItem(ECHOED, JSON.stringify([...echoed].slice(-200))))
    }
  }, { immediate: true })
}

/** Names of states, in the words of the county. */
export const stateWord = (state: string): string => { void lang(); return word('states.task', state) }
