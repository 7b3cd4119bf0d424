import { beforeEach, describe, expect, it } from 'vitest'
import { Keys, type Binding } from './keys'

class FakeElement {
  private readonly field: boolean
  constructor(field: boolean) { this.field = field }
  matches(): boolean { return this.field }
}
Object.assign(globalThis, { Element: FakeElement })

const press = (code: string, more: object = {}): KeyboardEvent => ({
  code, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, repeat: false, isComposing: false, keyCode: 0,
  target: new FakeElement(false), preventDefault: () => undefined, ...more,
}) as unknown as KeyboardEvent

describe('keys', () => {
  let keys: Keys
  let done: string[]
  const bind = (code: string, name: string, more: Partial<Binding> = {}): Binding =>
    ({ code, label: () => name, run: () => { done.push(name) }, ...more })
  beforeEach(() => { keys = new Keys(); done = [] })

  it('gives a key to the uppermost layer that binds it', () => {
    keys.push({ name: 'desk', bindings: [bind('KeyD', 'suggest'), bind('KeyG', 'grade')] })
    const off = keys.push({ name: 'suggestion', bindings: [bind('KeyD', 'disarm')] })
    keys.handle(press('KeyD'))
    keys.handle(press('KeyG'))
    off()
    keys.handle(press('KeyD'))
    expect(done).toEqual(['disarm', 'grade', 'suggest'])
  })
  it('lets nothing through a modal layer', () => {
    keys.push({ name: 'desk', bindings: [bind('KeyD', 'suggest')] })
    keys.push({ name: 'ask', modal: true, bindings: [bind('Escape', 'back')] })
    expect(keys.handle(press('KeyD'))).toBe(false)
    expect(keys.list().map((s) => s.cap)).toEqual(['Esc'])
  })
  it('is off in fields, except for the keys meant for them', () => {
    keys.push({ name: 'desk', bindings: [bind('KeyD', 'suggest'), bind('Escape', 'back', { inFields: true })] })
    const target = new FakeElement(true)
    keys.handle(press('KeyD', { target }))
    keys.handle(press('Escape', { target }))
    expect(done).toEqual(['back'])
  })
  it('is off while an input method composes, also where only the old key code says so', () => {
    keys.push({ name: 'desk', bindings: [bind('Enter', 'send', { inFields: true })] })
    keys.handle(press('Enter', { isComposing: true }))
    keys.handle(press('Enter', { keyCode: 229 }))
    expect(done).toEqual([])
  })
  it('counts a held key once, and does not let its repeats reach the page', () => {
    let prevented = 0
    keys.push({ name: 'desk', bindings: [bind('KeyF', 'send')] })
    for (const repeat of [false, true, true]) keys.handle(press('KeyF', { repeat, preventDefault: () => { prevented += 1 } }))
    expect(done).toEqual(['send'])
    expect(prevented).toBe(3)
  })
  it('tells Shift+A from A, and leaves Ctrl+C to the browser', () => {
    keys.push({ name: 'desk', bindings: [bind('KeyA', 'ack'), bind('KeyA', 'silence', { shift: true }), bind('KeyC', 'calls')] })
    keys.handle(press('KeyA', { shiftKey: true }))
    keys.handle(press('KeyC', { ctrlKey: true }))
    expect(done).toEqual(['silence'])
  })
  it('passes over a key that cannot be pressed now and says so in the list', () => {
    keys.push({ name: 'desk', bindings: [bind('KeyF', 'send', { enabled: () => false })] })
    expect(keys.handle(press('KeyF'))).toBe(false)
    expect(keys.list()[0]).toMatchObject({ cap: 'F', enabled: false })
  })
  it('takes the number pad for the digits', () => {
    keys.push({ name: 'desk', bindings: [bind('Digit3', 'third'), bind('Enter', 'send')] })
    keys.handle(press('Numpad3'))
    keys.handle(press('NumpadEnter'))
    expect(done).toEqual(['third', 'send'])
  })
  it('can be remapped and switched off', () => {
    keys.push({ name: 'desk', bindings: [bind('KeyD', 'suggest')] })
    keys.remap({ KeyD: 'KeyK' })
    keys.handle(press('KeyK'))
    keys.handle(press('KeyD'))
    keys.off = true
    keys.handle(press('KeyK'))
    expect(done).toEqual(['suggest'])
    expect(keys.list()[0]?.cap).toBe('K')
    keys.push({ name: 'sheet', bindings: [bind('Escape', 'back')] })
    keys.handle(press('Escape'))
    expect(done).toEqual(['suggest', 'back'])
  })
})
