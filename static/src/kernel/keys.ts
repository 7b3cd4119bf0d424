/**
 * The keyboard layer: keys by their place (`event.code`), in layers; the uppermost layer that binds a key has it.
 * Off while a field has the focus or an IME composes; a held key counts once; can be remapped or switched off (WCAG 2.1.4).
 */

export interface Binding {
  /** `KeyD`, `Digit1`, `F2`, `Escape`… */
  code: string
  shift?: boolean
  alt?: boolean
  ctrl?: boolean
  /** what it does, for the key bar and the help panel */
  label: () => string
  run: (event: KeyboardEvent) => void
  /** pressing it works now (a key is mint only while it does) */
  enabled?: () => boolean
  /** also while a field has the focus (Escape, F2, Alt+1…) */
  inFields?: boolean
  /** not shown in the help panel (one of a row, such as 1–9) */
  quiet?: boolean
}
export interface Layer {
  name: string
  bindings: Binding[]
  /** keys it does not bind do not fall through to the layers below */
  modal?: boolean
}
export interface Shown { layer: string; binding: Binding; cap: string; enabled: boolean }

const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
const NAMES: Record<string, string> = {
  Escape: 'Esc', Slash: '/', Space: '␣', Enter: 'Enter', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→',
  Backquote: '`', Minus: '-', Equal: '=', Comma: ',', Period: '.',
}

/** What WCAG 2.1.4 is about: a letter, digit or mark alone or with Shift, as speech input might say it by chance. */
const isCharacter = (event: KeyboardEvent): boolean =>
  !event.altKey && !event.ctrlKey && /^(Key|Digit|Numpad\d|Slash|Backquote|Minus|Equal|Comma|Period|Semicolon|Quote|Bracket|Space)/.test(event.code)

export class Keys {
  /** keys of a single character are switched off by the user; F2, Enter, Esc and those with Alt or Ctrl still work */
  off = false
  private readonly layers: Layer[] = []
  private readonly watchers = new Set<() => void>()
  private moved: Record<string, string> = {}

  /** Puts a layer on top. Returns the way to take it away. */
  push(layer: Layer): () => void {
    this.layers.push(layer)
    this.tell()
    return () => {
      const i = this.layers.lastIndexOf(layer)
      if (i < 0) return
      this.layers.splice(i, 1)
      this.tell()
    }
  }

  /** `{KeyD: 'KeyK'}`: what was on D is now on K. */
  remap(moved: Record<string, string>): void { this.moved = { ...moved }; this.tell() }

  /** All that is bound now, uppermost first, hidden ones of lower layers left out. */
  list(): Shown[] {
    const seen = new Set<string>()
    const shown: Shown[] = []
    for (const layer of [...this.layers].reverse()) {
      for (const binding of layer.bindings) {
        const cap = this.cap(binding)
        if (seen.has(cap)) continue
        seen.add(cap)
        if (!binding.quiet) shown.push({ layer: layer.name, binding, cap, enabled: binding.enabled?.() ?? true })
      }
      if (layer.modal) break
    }
    return shown
  }

  /** The key as printed: `D`, `Shift+A`, `F2`. */
  cap(binding: Pick<Binding, 'code' | 'shift' | 'alt' | 'ctrl'>): string {
    const code = this.moved[binding.code] ?? binding.code
    if (code === 'Slash' && binding.shift) return '?'
    const name = NAMES[code] ?? code.replace(/^(Key|Digit|Numpad)/, '')
    return [binding.ctrl && 'Ctrl', binding.alt && 'Alt', binding.shift && 'Shift', name].filter(Boolean).join('+')
  }

  /** True while pressing this key, outside of any field, would run something. */
  works(key: Pick<Binding, 'code' | 'shift'>): boolean {
    for (const layer of [...this.layers].reverse()) {
      if (layer.bindings.some((b) => b.code === key.code && !!b.shift === !!key.shift && !b.alt && !b.ctrl && (b.enabled?.() ?? true))) return true
      if (layer.modal) return false
    }
    return false
  }

  onChange(run: () => void): () => void { this.watchers.add(run); return () => this.watchers.delete(run) }

  /** True when a binding took the key. */
  handle(event: KeyboardEvent): boolean {
    if ((this.off && isCharacter(event)) || event.isComposing || event.keyCode === 229 || event.metaKey) return false
    const inField = event.target instanceof Element && event.target.matches(FIELDS)
    const binding = this.find(event, inField)
    if (!binding) return false
    event.preventDefault()
    if (!event.repeat) binding.run(event)
    return true
  }

  listen(target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window): () => void {
    const on = (event: KeyboardEvent): void => { this.handle(event) }
    target.addEventListener('keydown', on)
    return () => target.removeEventListener('keydown', on)
  }

  private find(event: KeyboardEvent, inField: boolean): Binding | null {
    for (const layer of [...this.layers].reverse()) {
      for (const b of layer.bindings) {
        if (this.matches(b, event) && (!inField || b.inFields) && (b.enabled?.() ?? true)) return b
      }
      if (layer.modal) return null
    }
    return null
  }

  private matches(b: Binding, event: KeyboardEvent): boolean {
    const code = event.code.replace(/^Numpad(?=\d)/, 'Digit').replace('NumpadEnter', 'Enter')
    return (this.moved[b.code] ?? b.code) === code
      && !!b.shift === event.shiftKey && !!b.alt === event.altKey && !!b.ctrl === event.ctrlKey
  }

  private tell(): void { for (const run of this.watchers) run() }
}

export const keys = new Keys()
