import { beforeEach, describe, expect, it } from 'vitest'
import { setLang } from '../../kernel/i18n'
import { CASUALTY_FIELDS, type Casualties, type Centre, type Incident, type Instruction, type Link, type Reporting, type Response, type Task, type Waiting } from '../../kernel/types'
import { takeKinds, takeWords } from '../../kernel/words'
import { aloud, asText, label, linesOf } from './lines'
import { underWay, type LineCode, type Scene } from './scene'
import { A_MINUTE, clip, clockSaid, sentence, spoken } from './text'

const NOW = Date.parse('2026-07-21T02:14:32+08:00')
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()
const NONE = Object.fromEntries(CASUALTY_FIELDS.map((f) => [f, null])) as Casualties
const base = { version: 1, term: 0, n: 0, home: '140429', created_at: ago(8), updated_at: ago(1) }
let count = 0
const of = <T>(more: Record<string, unknown>): T => ({ id: `x${(count += 1)}`, ...base, ...more }) as T
const incident = (more: Record<string, unknown> = {}): Incident => of({
  id: 'i', kind: 'flash_flood', title: '山洪・监漳镇大河西村', place_text: '大河西村', centre: '140429103', state: 'responding', level: null, life_risk: 'people', location_basis: 'village',
  casualties: NONE, figures: {}, received_at: ago(8), merged_into: null, ...more,
})
const task = (state: string, more: Record<string, unknown> = {}): Task => of({ incident_id: 'i', state, team_name: '消防大队', times: { [state]: ago(1) }, ordered_at: ago(5), accept_due_at: null, ...more })
const scene = (more: Partial<Scene> = {}): Scene => ({
  now: NOW, centre: '140429', county: true, incidents: [incident()], tasks: [], responses: [], instructions: [], warnings: [], links: [], reportings: [], dangers: [], closures: [], callouts: [], evacuations: [], zones: [],
  centres: [of<Centre>({ id: '140429103', name: '监漳镇', kind: 'township' }), of<Centre>({ id: '140429208', name: '分水岭乡', kind: 'township' }), of<Centre>({ kind: 'village', parent: '140429208' })],
  waiting: [], named: (text) => text, ...more,
})
const said = (s: Scene, code: LineCode, id: string | null = 'i'): string => linesOf(s, id).find((l) => l.code === code)!.text
const asked = (more: Record<string, unknown> = {}): Waiting => ({ key: 'a', sort: 'response', about: { kind: 'response', id: 'r' }, title: { zh: '启动二级应急响应', en: 'Activate Level 2 response' }, state: 'asked', facts: [], asked_by: '甲', asked_at: ago(3), due_at: null, incident_id: 'i', options: [], word: null, by_word: [], posts: [], ...more }) as Waiting

beforeEach(() => {
  setLang('zh')
  takeKinds([{ class: 'natural', code: 'flash_flood', zh: '山洪', en: 'Flash flood' }])
  takeWords({
    casualties: Object.fromEntries(CASUALTY_FIELDS.map((f, n) => [f, { zh: ['死亡', '失联', '受困', '重伤', '轻伤', '中毒', '获救', '转移'][n], en: f }])),
    levels: { II: { zh: '重大', en: 'Major' } }, response_levels: { R2: { zh: '二级', en: 'Level 2' } }, sitrep_recipients: { city: { zh: '市局', en: 'the city' } },
  })
})

describe('the eight lines of one incident', () => {
  it('says when and where, and that it is not graded', () => {
    expect(said(scene(), 'where')).toBe('今天2时06分接报监漳镇大河西村山洪，未定级。')
    setLang('en')
    expect(said(scene(), 'where')).toBe('Reported today 02:06: flash flood, 监漳镇大河西村, not graded.')
  })
  it('says of people what is unconfirmed, what competes, and what nobody reported', () => {
    const i = incident({ casualties: { ...NONE, missing: 2, evacuated: 37 }, figures: { missing: { value: 2, as_of: ago(2), source: '村', confirmed: false, figure_id: 'f', others: [2, 1] }, evacuated: { value: 37, as_of: ago(9), confirmed: true, others: [], source: null, figure_id: 'g' } } })
    const line = linesOf(scene({ incidents: [i] }), 'i')[1]!
    expect(line.text).toBe('失联2人（未确认，另说1人）；死亡、受困未报；转移37人。')
    expect(line.at).toBe(NOW - 9 * 60_000)
    expect(line.old).toBe(false)
    expect(linesOf({ ...scene({ incidents: [i] }), now: NOW + 3_600_000 }, 'i')[1]!.old).toBe(true)
  })
  it('never makes a number of what was not reported', () => {
    expect(said(scene(), 'people')).toBe('人员情况未报。')
    expect(said(scene({ incidents: [incident({ casualties: { ...NONE, dead: 0, missing: 0, trapped: 0 } })] }), 'people')).toBe('死亡0人；失联0人；受困0人。')
  })
  it('counts teams by what they do, and says who is late', () => {
    const tasks = [task('on_scene'), task('enroute'), task('accepted'), task('ordered'), task('ordered', { accept_due_at: ago(1) }), task('reserved'), task('refused'), task('working', { incident_id: 'other' })]
    expect(said(scene({ tasks }), 'forces')).toBe('派5支：到场1，途中1，已接令1，未接令2；消防大队超时未接令。')
    expect(linesOf(scene({ tasks }), 'i')[2]!.want).toBe(true)
    expect(said(scene(), 'forces')).toBe('尚未派队。')
    expect(said(scene({ tasks: [task('returned')] }), 'forces')).toBe('队伍已全部归队。')
  })
  it('says what was done and what comes next, the late things first', () => {
    const order = (state: string, text: string, due: string | null): Instruction => of({ incident_id: 'i', state, text, due_at: due })
    const instructions = [order('done', '封控进出道路', ago(3)), order('accepted', '转移危险区群众', ago(-22)), order('issued', '清点人数', ago(1)), order('issued', '别处的事', ago(9))]
    instructions[3]!.incident_id = 'other'
    const responses = [of<Response>({ incident_id: 'i', state: 'active', level: 'R2', times: { active: ago(1) } })]
    expect(said(scene({ instructions, responses }), 'done')).toBe('二级响应已启动；指令3条，办结1；已办结封控进出道路。')
    expect(said(scene({ instructions, tasks: [task('ordered', { accept_due_at: ago(1) })] }), 'next')).toBe('催消防大队接令；清点人数已超时；2时36分前转移危险区群众。')
    expect(said(scene(), 'done')).toBe('尚无处置记录。')
    expect(said(scene(), 'next')).toBe('未记录下一步安排。')
  })
  it('says who was called and has not acted, and who has left, as far as somebody stated it', () => {
    const callouts = [{ total: 30, acted: 21 }, { total: 29, acted: 0 }].map((counts) => of<Scene['callouts'][number]>({ counts }))
    const evacuations = [of<Scene['evacuations'][number]>({ id: 'e', incident_id: 'i' }), of<Scene['evacuations'][number]>({ id: 'f', incident_id: 'other' })]
    const zone = (evacuation_id: string, people: number, done?: number): Scene['zones'][number] => of({ evacuation_id, people, figures: done === undefined ? {} : { people_done: { value: done, as_of: ago(2) } } })
    expect(said(scene({ callouts, evacuations, zones: [zone('e', 40, 37), zone('e', 20), zone('f', 500, 1)] }), 'done')).toBe('叫应59人，未行动38人；应转移60人，已转移37人（1片未报）。')
    expect(said(scene({ evacuations, zones: [zone('e', 40)] }), 'done')).toBe('应转移40人，1片未报。')
  })
  it('says what waits for a decision, and what was agreed by word', () => {
    expect(said(scene({ waiting: [asked(), asked({ incident_id: 'other' })] }), 'decide')).toBe('是否启动二级应急响应。')
    expect(said(scene({ waiting: [asked({ state: 'spoken', title: { zh: '已启动二级应急响应', en: 'x' } })] }), 'decide')).toBe('无；已启动二级应急响应，口头同意已生效，待本人确认。')
    expect(said(scene({ waiting: [asked({ sort: 'decision', title: { zh: '是否全镇转移', en: '是否全镇转移' }, due_at: ago(1) })] }), 'decide')).toBe('是否全镇转移（已超时）。')
    expect(said(scene(), 'decide')).toBe('无。')
    expect(said(scene({ waiting: null }), 'decide')).toBe('未能读取，请问值班室。')
  })
  it('names townships out of contact to the county, and says where it cannot know', () => {
    const links = [of<Link>({ id: '140429208', state: 'cut', last_at: ago(4) }), of<Link>({ id: '140429103', state: 'up', last_at: ago(0) }), of<Link>({ id: '140429100', state: 'never', last_at: null })]
    expect(linesOf(scene({ links }), 'i')[6]).toMatchObject({ text: '分水岭乡联系中断（1村）。', at: NOW - 4 * 60_000, want: true })
    expect(said(scene(), 'cut')).toBe('无；2个乡镇未上线，不明。')
    expect(said(scene({ links: links.map((l) => ({ ...l, state: 'up' as const })) }), 'cut')).toBe('无。')
    expect(said(scene({ county: false }), 'cut')).toBe('村级联系情况本级无记录。')
  })
  it('says which report is owed until when, by its own centre alone', () => {
    const clock = (channel: string, due: string, state = 'running'): Record<string, unknown> => ({ key: channel, report: 'first', to: 'city', channel, due_at: due, state })
    const reportings = [of<Reporting>({ incident_id: 'i', centre: '140429', clocks: [clock('written', ago(-51)), clock('phone', ago(-21))], last: {}, differs: {} }), of<Reporting>({ incident_id: 'i', centre: '140429103', clocks: [clock('phone', ago(3))], last: {}, differs: {} })]
    expect(said(scene({ reportings }), 'reports')).toBe('市局电话快报未报，余21分；市局书面首报未报，余51分。')
    expect(said({ ...scene({ reportings }), now: NOW + 30 * 60_000 }, 'reports')).toBe('市局电话快报已超时9分；市局书面首报未报，余21分。')
    expect(said(scene(), 'reports')).toBe('没有待报时限。')
  })
})

describe('the whole night', () => {
  const two = (): Incident[] => [incident({ casualties: { ...NONE, missing: 2 }, figures: { missing: { confirmed: false, as_of: ago(2), others: [] } } }), incident({ id: 'j', life_risk: 'none', casualties: { ...NONE, missing: 1 }, figures: { missing: { confirmed: true, as_of: ago(40), others: [] } } }), incident({ id: 'k', state: 'archived' }), incident({ id: 'l' })]
  it('adds up what is under way and says what of it is doubtful or missing', () => {
    expect(said(scene({ incidents: two() }), 'where', null)).toMatch(/^截至2时14分在办3起；/)
    expect(said(scene({ incidents: two() }), 'people', null)).toBe('失联3人（其中未确认2人）；另有1起未报人员。')
    expect(underWay(two()).map((i) => i.id)).toEqual(['i', 'l', 'j'])
  })
  it('is quiet when nothing is under way', () => {
    expect(linesOf(scene({ incidents: [] }), null).map((l) => l.text)).toEqual(['截至2时14分没有在办事件。', '无。', '尚未派队。', '尚无处置记录。', '未记录下一步安排。', '无。', '无；2个乡镇未上线，不明。', '没有待报时限。'])
  })
})

describe('reading it aloud', () => {
  const full = (): Scene => scene({
    incidents: Array.from({ length: 15 }, (_, n) => incident({ id: `i${n}`, place_text: '一个名字很长很长很长的自然村的东头沟口', casualties: Object.fromEntries(CASUALTY_FIELDS.map((f, k) => [f, 1000 + k])), figures: Object.fromEntries(CASUALTY_FIELDS.map((f) => [f, { confirmed: false, as_of: ago(2), others: [1, 2, 3, 4] }])) })),
    tasks: Array.from({ length: 60 }, (_, n) => task(['ordered', 'accepted', 'assembling', 'enroute', 'on_scene', 'working', 'withdrawn'][n % 7]!, { incident_id: `i${n % 15}`, accept_due_at: ago(1), team_name: `名字特别长的第${n}支综合应急救援大队` })),
    instructions: Array.from({ length: 40 }, (_, n) => of<Instruction>({ incident_id: `i${n % 15}`, state: n % 2 ? 'issued' : 'done', text: `第${n}条${'组织沿河各村群众向高处转移并逐户核实'.repeat(4)}`, due_at: ago(n - 20) })),
    links: Array.from({ length: 12 }, (_, n) => of<Link>({ id: `1404291${n}`, state: 'cut', last_at: ago(n) })),
    waiting: Array.from({ length: 9 }, (_, n) => asked({ key: `${n}`, incident_id: null, title: { zh: '是否'.repeat(60), en: 'whether '.repeat(60) }, due_at: ago(1) })),
    reportings: Array.from({ length: 15 }, (_, n) => of<Reporting>({ incident_id: `i${n}`, centre: '140429', clocks: ['phone', 'written', 'any'].map((channel) => ({ key: channel, report: 'first', to: 'city', channel, due_at: ago(n), state: 'running' })), last: {}, differs: { city: {} } })),
  })
  it('takes no more than a minute on the worst of nights, in both languages', () => {
    for (const lang of ['zh', 'en'] as const) {
      setLang(lang)
      for (const id of [null, 'i0', 'i7']) {
        const lines = linesOf(full(), id)
        expect(lines).toHaveLength(8)
        expect(aloud(lines), `${lang} ${id}: ${lines.map((l) => `${spoken(l.text)} ${l.text}`).join('\n')}`).toBeLessThanOrEqual(60)
      }
    }
  })
  it('never drops the dead, the missing and the trapped for want of room', () => {
    expect(said(full(), 'people', 'i0')).toMatch(/^死亡1000人.*失联1001人.*受困1002人/)
  })
  it('counts what is spoken and not the marks, and says what it left out', () => {
    expect(spoken('失联2人，未确认。')).toBe(7)
    expect(A_MINUTE.zh).toBe(300)
    expect(sentence(['一二三', '四五六', '七八九'], 10)).toBe('一二三；四五六；七八九。')
    expect(sentence(['一二三四', '五六七八', '九十'], 8)).toBe('一二三四；另有2项。')
    expect(clip('组织沿河群众转移', 4)).toBe('组织沿河…')
  })
  it('tells another day by its name', () => {
    expect(clockSaid(Date.parse('2026-07-20T23:40:00+08:00'), NOW)).toBe('昨天23时40分')
    expect(clockSaid(Date.parse('2026-07-18T23:40:00+08:00'), NOW)).toBe('7月18日23时40分')
  })
  it('is copied whole, line by line', () => {
    const text = asText('山洪', linesOf(scene(), 'i'), '截至')
    expect(text.split('\n')).toHaveLength(10)
    expect(text).toContain(`${label('people')}：人员情况未报。`)
  })
})
