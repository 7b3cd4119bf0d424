/**
 * Alarm sounds, three ranks. Rank 1 with life at risk repeats two tones every 20 s until acknowledged; rank 1 without,
 * and rank 2, sound once; rank 3 is silent. While a handset is up one soft tick stands for all of them.
 * Nothing sounds before a gesture of the user: until then `state` is `locked` and the screen says 声音未开.
 */

export type SoundState = 'locked' | 'on' | 'muted'
export interface Sounding { cause: string; rank: 1 | 2 | 3; lifeRisk: boolean }

const REPEAT_MS = 20_000
/** [Hz, start s, length s] */
const TONES = {
  life: [[880, 0, 0.28], [660, 0.32, 0.28], [880, 0.64, 0.28], [660, 0.96, 0.4]],
  once: [[740, 0, 0.22], [587, 0.26, 0.3]],
  soft: [[520, 0, 0.05]],
} as const

export class AlarmSound {
  /** a handset is up */
  onPhone = false
  private context: AudioContext | null = null
  private readonly repeating = new Map<string, ReturnType<typeof setInterval>>()
  private readonly sounded = new Set<string>()
  private readonly watchers = new Set<() => void>()
  private mutedFlag = false

  get state(): SoundState {
    if (this.context?.state !== 'running') return 'locked'
    return this.mutedFlag ? 'muted' : 'on'
  }

  /** Call from a click or key press. */
  async unlock(): Promise<void> {
    this.context ??= new AudioContext()
    await this.context.resume()
    this.tell()
  }

  /** Unlocks at the first gesture, whichever it is. */
  unlockOnGesture(target: Window = window): void {
    const once = (): void => {
      target.removeEventListener('pointerdown', once)
      target.removeEventListener('keydown', once)
      void this.unlock()
    }
    target.addEventListener('pointerdown', once)
    target.addEventListener('keydown', once)
  }

  mute(muted: boolean): void { this.mutedFlag = muted; this.tell() }
  onChange(run: () => void): () => void { this.watchers.add(run); return () => this.watchers.delete(run) }

  /** All alarms that ask for sound now (not acknowledged, not silenced); the rest falls silent. */
  follow(now: Sounding[]): void {
    const causes = new Set(now.map((a) => a.cause))
    for (const [cause, timer] of this.repeating) {
      if (causes.has(cause)) continue
      clearInterval(timer)
      this.repeating.delete(cause)
    }
    for (const cause of [...this.sounded]) if (!causes.has(cause)) this.sounded.delete(cause)
    for (const alarm of now) this.begin(alarm)
  }

  private begin(alarm: Sounding): void {
    if (alarm.rank === 3 || this.sounded.has(alarm.cause)) return
    this.sounded.add(alarm.cause)
    const life = alarm.rank === 1 && alarm.lifeRisk
    this.play(life ? 'life' : 'once')
    if (life) this.repeating.set(alarm.cause, setInterval(() => this.play('life'), REPEAT_MS))
  }

  private play(name: keyof typeof TONES): void {
    const context = this.context
    if (!context || this.state !== 'on') return
    for (const [hz, start, length] of TONES[this.onPhone ? 'soft' : name]) {
      const tone = context.createOscillator()
      const gain = context.createGain()
      const at = context.currentTime + start
      tone.type = 'triangle'
      tone.frequency.value = hz
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(this.onPhone ? 0.05 : 0.3, at + 0.01)
      gain.gain.setValueAtTime(this.onPhone ? 0.05 : 0.3, at + length - 0.02)
      gain.gain.linearRampToValueAtTime(0, at + length)
      tone.connect(gain).connect(context.destination)
      tone.start(at)
      tone.stop(at + length)
    }
  }

  private tell(): void { for (const run of this.watchers) run() }
}

export const sound = new AlarmSound()
